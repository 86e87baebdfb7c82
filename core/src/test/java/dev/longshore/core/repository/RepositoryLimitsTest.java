package dev.longshore.core.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.TagMutability;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ecr.CreatePullThroughCacheRuleRequest;
import dev.longshore.shapes.ecr.CreateRepositoryRequest;
import dev.longshore.shapes.ecr.EncryptionConfiguration;
import dev.longshore.shapes.ecr.ImageTagMutabilityExclusionFilter;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.PutReplicationConfigurationRequest;
import dev.longshore.shapes.ecr.RegisterPullTimeUpdateExclusionRequest;
import dev.longshore.shapes.ecr.ReplicationConfiguration;
import dev.longshore.shapes.ecr.ReplicationDestination;
import dev.longshore.shapes.ecr.ReplicationRule;
import dev.longshore.shapes.ecr.RepositoryCreationTemplate;
import dev.longshore.shapes.ecr.Tag;
import dev.longshore.shapes.ecr.TagResourceRequest;
import dev.longshore.shapes.ecr.TooManyTagsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** How many there may be of what rows are made of; the last that is taken, and the next. */
class RepositoryLimitsTest {
  private static final EncryptionConfiguration AES =
      EncryptionConfiguration.builder().encryptionType("AES256").build();

  private final Harbour harbour = new Harbour();
  private final RepositoryAnswers answers = new RepositoryAnswers(() -> "127.0.0.1:4566");

  private ImageRepository row(String name) {
    return ImageRepository.created(name, harbour.now(), TagMutability.USUAL, false, AES, List.of());
  }

  private static CreateRepositoryRequest.Builder repository(String name) {
    return CreateRepositoryRequest.builder().repositoryName(name);
  }

  private static PushedImage image(int number, String... tags) {
    return new PushedImage(
        null,
        "app",
        "sha256:%064x".formatted(number),
        List.of(tags),
        false,
        false,
        false,
        "application/vnd.oci.image.manifest.v1+json",
        null,
        null,
        2,
        null,
        List.of(),
        List.of(),
        Map.of());
  }

  private static void assertLimited(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(LimitExceededException.class).hasMessage(text);
  }

  private static void assertInvalid(ThrowingCallable call, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidParameterException"))
        .hasMessageContaining(text);
  }

  @Test
  void a_registry_has_at_most_100_000_repositories() {
    harbour.edit(draft -> {
      for (int i = 1; i < CreateRepository.MOST; i++) {
        draft.put(ImageRepository.KIND, row("r" + i));
      }
    });
    harbour.call(new CreateRepository(answers), repository("last").build());
    assertLimited(
        () -> harbour.call(new CreateRepository(answers), repository("more").build()),
        "The registry with id '123456789012' already has the maximum allowed number of"
            + " repositories which is '100000'");
  }

  @Test
  void a_repository_has_at_most_100_000_images() {
    var push = new PushImage(Quota.NONE);
    harbour.edit(draft -> {
      draft.put(ImageRepository.KIND, row("app"));
      for (int i = 1; i < PushImage.MOST_IMAGES; i++) {
        push.decide(draft, image(i), harbour.context());
      }
    });
    harbour.call(push, image(PushImage.MOST_IMAGES));
    assertLimited(
        () -> harbour.call(push, image(PushImage.MOST_IMAGES + 1)),
        "The repository with name 'app' cannot have more than 100000 images.");
    assertThatCode(() -> harbour.call(push, image(1, "again"))).doesNotThrowAnyException();
  }

  @Test
  void an_image_has_at_most_1_000_tags() {
    var push = new PushImage(Quota.NONE);
    harbour.edit(draft -> {
      draft.put(ImageRepository.KIND, row("app"));
      push.decide(draft, image(1), harbour.context());
      for (int i = 1; i < PushImage.MOST_TAGS; i++) {
        draft.put(ImageTag.KIND, new ImageTag("app", "v" + i, image(1).digest()));
      }
    });
    harbour.call(push, image(1, "last"));
    assertLimited(
        () -> harbour.call(push, image(1, "more")),
        "The image with digest '" + image(1).digest() + "' cannot have more than 1000 tags.");
  }

  private static List<Tag> tags(int from, int to) {
    List<Tag> tags = new ArrayList<>();
    for (int i = from; i <= to; i++) {
      tags.add(new Tag("k" + i, "v"));
    }
    return tags;
  }

  @Test
  void a_repository_has_at_most_50_tags_of_its_own() {
    harbour.call(new CreateRepository(answers), repository("app").tags(tags(1, 50)).build());
    var more =
        new TagResourceRequest("arn:aws:ecr:us-east-1:123456789012:repository/app", tags(51, 51));
    assertThatThrownBy(() -> harbour.call(new TagResource(), more))
        .isInstanceOf(TooManyTagsException.class);
    assertThatThrownBy(() ->
            harbour.call(
                new CreateRepository(answers), repository("web").tags(tags(1, 51)).build()))
        .isInstanceOf(TooManyTagsException.class);
  }

  private static List<ImageTagMutabilityExclusionFilter> filters(String filter, int count) {
    List<ImageTagMutabilityExclusionFilter> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      all.add(new ImageTagMutabilityExclusionFilter("WILDCARD", filter + i));
    }
    return all;
  }

  private void create(String name, List<ImageTagMutabilityExclusionFilter> filters) {
    harbour.call(
        new CreateRepository(answers),
        repository(name)
            .imageTagMutability("IMMUTABLE_WITH_EXCLUSION")
            .imageTagMutabilityExclusionFilters(filters)
            .build());
  }

  @Test
  void exclusions_are_one_to_five_of_two_wildcards_each() {
    create("app", filters("*dev*", 5));
    assertInvalid(() -> create("none", List.of()), "exclusion filters are required");
    assertInvalid(() -> create("six", filters("dev", 6)), "less than or equal to 5");
    assertInvalid(() -> create("three", filters("*d*e*", 1)), "more than 2 wildcards");
  }

  private void replicate(int destinations) {
    List<ReplicationDestination> all = new ArrayList<>();
    for (int i = 0; i < destinations; i++) {
      all.add(new ReplicationDestination("us-west-2", "%012d".formatted(i)));
    }
    var rule = new ReplicationRule(all, null);
    harbour.call(
        new PutReplicationConfiguration(),
        new PutReplicationConfigurationRequest(new ReplicationConfiguration(List.of(rule))));
  }

  @Test
  void images_are_copied_to_at_most_25_registries() {
    replicate(25);
    assertInvalid(() -> replicate(26), "There cannot be more than 25 unique destinations");
  }

  private void cache(int number) {
    harbour.call(
        new CreatePullThroughCacheRule(),
        CreatePullThroughCacheRuleRequest.builder()
            .ecrRepositoryPrefix("cache" + number)
            .upstreamRegistryUrl("quay.io")
            .build());
  }

  private void template(int number) {
    harbour.call(
        new KeepTemplate(),
        new KeepTemplate.Asked(
            false,
            RepositoryCreationTemplate.builder()
                .prefix("team" + number)
                .appliedFor(List.of("CREATE_ON_PUSH"))
                .build(),
            null,
            List.of()));
  }

  private void exclude(int number) {
    harbour.call(
        new RegisterPullTimeUpdateExclusion(),
        new RegisterPullTimeUpdateExclusionRequest("arn:aws:iam::123456789012:role/r" + number));
  }

  @Test
  void rules_templates_and_exclusions_are_bounded() {
    for (int i = 1; i <= 50; i++) {
      cache(i);
      template(i);
    }
    for (int i = 1; i <= 100; i++) {
      exclude(i);
    }
    assertLimited(() -> cache(51), "A registry cannot have more than 50 pull through cache rules");
    assertLimited(
        () -> template(51), "A registry cannot have more than 50 repository creation templates");
    assertLimited(
        () -> exclude(101), "A registry cannot have more than 100 pull time update exclusions");
  }
}
