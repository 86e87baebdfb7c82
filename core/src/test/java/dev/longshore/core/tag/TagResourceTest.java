package dev.longshore.core.tag;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.Rows;
import dev.longshore.core.cluster.CreateCluster;
import dev.longshore.core.cluster.DeleteCluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.taskdefinition.RegisterTaskDefinition;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ecs.ClusterNotFoundException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.DeleteClusterRequest;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LimitExceededException;
import dev.longshore.shapes.ecs.ListTagsForResourceRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.ResourceNotFoundException;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TagResourceRequest;
import dev.longshore.shapes.ecs.UntagResourceRequest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TagResourceTest {
  private static final String ARN = "arn:aws:ecs:us-east-1:123456789012:";
  private static final String CLUSTER = ARN + "cluster/default";

  private final Harbour harbour = new Harbour();

  @BeforeEach
  void fill() {
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().build());
    harbour.call(
        new RegisterTaskDefinition(),
        RegisterTaskDefinitionRequest.builder()
            .family("web")
            .containerDefinitions(
                List.of(ContainerDefinition.builder().name("a").image("b").memory(64).build()))
            .build());
    harbour.edit(draft -> {
      draft.put(Task.KIND, Rows.task("default", "t", "EC2", TaskStatus.RUNNING));
      draft.put(Service.KIND, Rows.service("default", "s", "ACTIVE"));
      draft.put(ContainerInstance.KIND, Rows.instance("default", "i", "ACTIVE"));
    });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cluster/default",
        "task-definition/web:1",
        "task/default/t",
        "service/default/s",
        "container-instance/default/i"
      })
  void tags_are_put_listed_and_taken_off_everything_that_has_tags(String resource) {
    tag(ARN + resource, new Tag("a", "1"), new Tag("b", "2"));
    assertThat(list(ARN + resource)).containsExactly(new Tag("a", "1"), new Tag("b", "2"));
    untag(ARN + resource, "a", "unknown");
    assertThat(list(ARN + resource)).containsExactly(new Tag("b", "2"));
  }

  @Test
  void a_tag_of_the_same_key_is_replaced_and_others_stay() {
    tag(CLUSTER, new Tag("a", "1"));
    tag(CLUSTER, new Tag("a", "2"), new Tag("b", "3"));
    assertThat(list(CLUSTER)).containsExactly(new Tag("a", "2"), new Tag("b", "3"));
  }

  @Test
  void keys_differ_by_case_and_a_missing_value_is_empty() {
    tag(CLUSTER, new Tag("a", "1"), new Tag("A", null));
    assertThat(list(CLUSTER)).containsExactly(new Tag("a", "1"), new Tag("A", ""));
  }

  @Test
  void fifty_one_tags_are_refused_and_change_nothing() {
    tag(CLUSTER, new Tag("old", "1"));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> tag(CLUSTER, numbered(51)));
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> tag(CLUSTER, numbered(50)));
    assertThat(list(CLUSTER)).containsExactly(new Tag("old", "1"));
    tag(CLUSTER, numbered(49));
    assertThat(list(CLUSTER)).hasSize(50);
  }

  @Test
  void reserved_tags_do_not_count_to_fifty() {
    String task = ARN + "task/default/t";
    harbour.edit(draft -> {
      Task row = requireNonNull(draft.find(Task.KIND, task));
      Tag managed = new Tag("aws:ecs:clusterName", "default");
      draft.put(Task.KIND, row.edit().tags(List.of(managed)).build());
    });
    tag(task, numbered(50));
    assertThat(list(task)).hasSize(51);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aws:x", "AWS:x", "", "a#b", "a\nb"})
  void a_key_that_is_reserved_empty_or_of_other_characters_is_refused(String key) {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> tag(CLUSTER, new Tag("fine", "1"), new Tag(key, "1")));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> untag(CLUSTER, key));
    assertThat(list(CLUSTER)).isEmpty();
  }

  @Test
  void keys_have_at_most_128_characters_and_values_256() {
    tag(CLUSTER, new Tag("k".repeat(128), "v".repeat(256)));
    for (Tag tag : List.of(new Tag("k".repeat(129), ""), new Tag("k", "v".repeat(257)))) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> tag(CLUSTER, tag));
    }
  }

  @Test
  void values_may_not_start_with_aws_and_keys_may_not_repeat() {
    for (Tag tag : List.of(new Tag("a", "aws:1"), new Tag("b", "2"))) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> tag(CLUSTER, new Tag("b", "1"), tag));
    }
    assertThat(list(CLUSTER)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE",
        "arn:aws:ecs:us-east-1:123456789012:capacity-provider/FARGATE_SPOT",
        "arn:aws:ecs:us-west-2:123456789012:cluster/default",
        "arn:aws:s3:::bucket",
        "default"
      })
  void what_cannot_be_tagged_is_refused(String arn) {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> tag(arn, new Tag("a", "1")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"service/s", "task/0f9de17a", "container-instance/0f9de17a"})
  void short_arns_cannot_be_tagged(String resource) {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> tag(ARN + resource, new Tag("a", "1")))
        .withMessage("Long arn format must be used for tagging operations");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "task/default/x",
        "service/default/x",
        "container-instance/default/x",
        "task-definition/web:2",
        "task-definition/web",
        "task-definition/web:1/2",
        "task-definition/web:x"
      })
  void what_does_not_exist_is_not_found(String resource) {
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> tag(ARN + resource, new Tag("a", "1")));
    assertThatExceptionOfType(ResourceNotFoundException.class)
        .isThrownBy(() -> untag(ARN + resource, "a"));
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> list(ARN + resource));
  }

  @Test
  void an_unknown_cluster_is_not_found_and_a_deleted_one_is_inactive() {
    assertThatExceptionOfType(ClusterNotFoundException.class)
        .isThrownBy(() -> list(ARN + "service/nope/s"))
        .withMessage("Cluster not found.");
    harbour.call(new CreateCluster(), CreateClusterRequest.builder().clusterName("gone").build());
    harbour.call(new DeleteCluster(), DeleteClusterRequest.builder().cluster("gone").build());
    assertThatExceptionOfType(ServiceException.class)
        .isThrownBy(() -> list(ARN + "cluster/gone"))
        .isInstanceOf(InvalidParameterException.class)
        .withMessage("The specified cluster is inactive. Specify an active cluster and try again.");
  }

  private void tag(String arn, Tag... tags) {
    harbour.call(
        new TagResource(),
        TagResourceRequest.builder().resourceArn(arn).tags(List.of(tags)).build());
  }

  private void untag(String arn, String... keys) {
    harbour.call(
        new UntagResource(),
        UntagResourceRequest.builder().resourceArn(arn).tagKeys(List.of(keys)).build());
  }

  private List<Tag> list(String arn) {
    return requireNonNull(
        harbour
            .ask(
                new ListTagsForResource(),
                ListTagsForResourceRequest.builder().resourceArn(arn).build())
            .tags());
  }

  private static Tag[] numbered(int count) {
    List<Tag> tags = new ArrayList<>();
    for (int at = 0; at < count; at++) {
      tags.add(new Tag("k" + at, "v"));
    }
    return tags.toArray(Tag[]::new);
  }
}
