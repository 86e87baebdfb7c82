package dev.longshore.core.parameter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.model.ParameterVersion;
import dev.longshore.core.operation.Need;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ssm.AddTagsToResourceRequest;
import dev.longshore.shapes.ssm.DeleteParameterRequest;
import dev.longshore.shapes.ssm.DeleteParametersRequest;
import dev.longshore.shapes.ssm.DescribeParametersRequest;
import dev.longshore.shapes.ssm.GetParameterHistoryRequest;
import dev.longshore.shapes.ssm.GetParameterRequest;
import dev.longshore.shapes.ssm.GetParametersByPathRequest;
import dev.longshore.shapes.ssm.GetParametersRequest;
import dev.longshore.shapes.ssm.GetParametersResult;
import dev.longshore.shapes.ssm.LabelParameterVersionRequest;
import dev.longshore.shapes.ssm.LabelParameterVersionResult;
import dev.longshore.shapes.ssm.ListTagsForResourceRequest;
import dev.longshore.shapes.ssm.Parameter;
import dev.longshore.shapes.ssm.ParameterHistory;
import dev.longshore.shapes.ssm.ParameterMetadata;
import dev.longshore.shapes.ssm.ParameterStringFilter;
import dev.longshore.shapes.ssm.PutParameterRequest;
import dev.longshore.shapes.ssm.PutParameterResult;
import dev.longshore.shapes.ssm.RemoveTagsFromResourceRequest;
import dev.longshore.shapes.ssm.Tag;
import dev.longshore.shapes.ssm.UnlabelParameterVersionRequest;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ParametersTest {
  private final OpenVault vault = new OpenVault();
  private final ParameterSeals seals = new ParameterSeals(vault);
  private final ParameterAnswers answers = new ParameterAnswers(seals);
  private final Harbour harbour = new Harbour();

  private PutParameterResult put(PutParameterRequest.Builder request) {
    return harbour.call(new PutParameter(seals), request.build());
  }

  private static PutParameterRequest.Builder plain(String name, String value) {
    return PutParameterRequest.builder().name(name).value(value).type("String");
  }

  private static PutParameterRequest.Builder secure(String name, String value) {
    return PutParameterRequest.builder().name(name).value(value).type("SecureString");
  }

  private Parameter get(String name, boolean decrypted) {
    var request = GetParameterRequest.builder().name(name).withDecryption(decrypted).build();
    return requireNonNull(harbour.ask(new GetParameter(answers), request).parameter());
  }

  private String value(String name) {
    return requireNonNull(get(name, true).value());
  }

  private List<String> below(GetParametersByPathRequest.Builder request) {
    return requireNonNull(
            harbour.ask(new GetParametersByPath(answers), request.build()).parameters())
        .stream()
        .map(parameter -> requireNonNull(parameter.name()))
        .toList();
  }

  private List<String> described(String key, @Nullable String option, String... values) {
    var request =
        DescribeParametersRequest.builder()
            .parameterFilters(List.of(new ParameterStringFilter(key, option, List.of(values))));
    return requireNonNull(harbour.ask(new DescribeParameters(), request.build()).parameters())
        .stream()
        .map(ParameterMetadata::name)
        .map(name -> requireNonNull(name))
        .toList();
  }

  private LabelParameterVersionResult label(String name, long version, String... labels) {
    return harbour.call(
        new LabelParameterVersion(),
        LabelParameterVersionRequest.builder()
            .name(name)
            .parameterVersion(version)
            .labels(List.of(labels))
            .build());
  }

  private static void assertRefused(ThrowingCallable call, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> {
              assertThat(e.code()).isEqualTo(code);
              assertThat(String.valueOf(e.getMessage())).contains(text);
            });
  }

  @Test
  void a_secure_string_is_shown_in_the_plain_only_when_that_is_asked_for() {
    put(secure("/app/db", "correct horse"));
    assertThat(value("/app/db")).isEqualTo("correct horse");
    assertThat(get("/app/db", false).value()).isNotEmpty().doesNotContain("horse");
    assertThat(get("/app/db", false).arn())
        .isEqualTo("arn:aws:ssm:us-east-1:123456789012:parameter/app/db");
    for (ParameterVersion row : harbour.state().all(ParameterVersion.KIND)) {
      assertThat(row + row.sealed().toUtf8()).doesNotContain("horse");
    }
  }

  @Test
  void a_parameter_is_named_by_its_name_or_arn_with_a_version_or_label() {
    put(plain("/app/db", "one"));
    put(plain("/app/db", "two").overwrite(true));
    put(plain("top", "three"));
    label("/app/db", 1, "old");
    String arn = "arn:aws:ssm:us-east-1:123456789012:parameter/";
    assertThat(value("/app/db")).isEqualTo("two");
    assertThat(value("/app/db:1")).isEqualTo("one");
    assertThat(value("/app/db:old")).isEqualTo("one");
    assertThat(get("/app/db:old", false).selector()).isEqualTo(":old");
    assertThat(value(arn + "app/db")).isEqualTo("two");
    assertThat(value(arn + "app/db:1")).isEqualTo("one");
    assertThat(value(arn + "top")).isEqualTo("three");
    assertRefused(() -> value("/app/no"), "ParameterNotFound", "null");
    assertRefused(
        () -> value("/app/db:7"),
        "ParameterVersionNotFound",
        "Systems Manager could not find version 7 of parameter /app/db. Verify the version and"
            + " try again.");
    assertRefused(() -> value("/app/db:new"), "ParameterVersionNotFound", "find label new for");
  }

  @Test
  void get_parameters_tells_of_names_that_mean_none() {
    put(secure("a", "1"));
    GetParametersResult result =
        harbour.ask(
            new GetParameters(answers),
            GetParametersRequest.builder()
                .names(List.of("a", "b", "a:2", "a:1"))
                .withDecryption(true)
                .build());
    assertThat(result.parameters()).extracting("value").containsExactly("1", "1");
    assertThat(result.invalidParameters()).containsExactly("b", "a:2");
  }

  @Test
  void a_parameter_is_overwritten_only_where_that_is_said() {
    assertThat(put(plain("a", "1"))).isEqualTo(new PutParameterResult(1L, "Standard"));
    assertRefused(
        () -> put(plain("a", "2")), "ParameterAlreadyExists", "The parameter already exists.");
    assertThat(put(plain("a", "2").type(null).overwrite(true)).version()).isEqualTo(2);
    assertRefused(
        () -> put(secure("a", "2").overwrite(true)),
        "HierarchyTypeMismatchException",
        "changing a parameter type");
    assertRefused(
        () -> put(plain("a", "2").overwrite(true).tags(List.of(new Tag("k", "v")))),
        "ValidationException",
        "tags and overwrite can't be used together");
    assertRefused(() -> put(plain("b", "1").type(null)), "ValidationException", "is required when");
    assertRefused(() -> put(plain("b", "1").type("Text")), "UnsupportedParameterType", "Text");
  }

  @Test
  void standard_values_have_4_kib_and_advanced_ones_8() {
    assertRefused(
        () -> put(plain("a", "x".repeat(4097))), "ValidationException", "value of 4096 characters");
    assertThat(put(plain("a", "x".repeat(4096))).tier()).isEqualTo("Standard");
    var larger = plain("b", "x".repeat(4097)).tier("Intelligent-Tiering");
    assertThat(put(larger).tier()).isEqualTo("Advanced");
    assertRefused(
        () -> put(plain("b", "y").tier("Standard").overwrite(true)),
        "ValidationException",
        "You can't downgrade");
    assertThat(put(plain("b", "y").overwrite(true)).tier()).isEqualTo("Advanced");
    assertRefused(
        () -> put(plain("c", "x".repeat(8193)).tier("Advanced")),
        "ValidationException",
        "value of 8192 characters");
  }

  @Test
  void names_are_paths_of_few_letters_and_fifteen_levels() {
    assertRefused(() -> put(plain("a b", "1")), "ValidationException", "Parameter name: can't be");
    assertRefused(() -> put(plain("ssm-x", "1")), "ValidationException", "prefixed with \"ssm\"");
    assertRefused(() -> put(plain("/AWS/x", "1")), "AccessDeniedException", "reserved");
    assertRefused(() -> put(plain("a/b", "1")), "ValidationException", "fully qualified name");
    put(plain("/a".repeat(15), "1"));
    assertRefused(
        () -> put(plain("/a".repeat(16), "1")),
        "HierarchyLevelLimitExceededException",
        "maximum of 15 levels");
  }

  @Test
  void a_value_meets_its_pattern() {
    put(plain("a", "12").allowedPattern("^\\d+$"));
    assertRefused(
        () -> put(plain("b", "x").allowedPattern("^\\d+$")),
        "ParameterPatternMismatchException",
        "allowedPattern: ^\\d+$");
    assertRefused(
        () -> put(plain("b", "x").allowedPattern("(")),
        "InvalidAllowedPatternException",
        "regular expression");
    assertRefused(() -> put(plain("b", "")), "ValidationException", "greater than or equal to 1");
    assertRefused(() -> put(plain("b", "x").keyId("alias/k")), "ValidationException", "KeyId");
  }

  @Test
  void a_path_shows_its_children_or_all_below_it() {
    for (String name : List.of("/a/x", "/a/y", "/a/b/z", "/ab/x", "/a", "top")) {
      put(plain(name, name));
    }
    var path = GetParametersByPathRequest.builder().path("/a");
    assertThat(below(path)).containsExactly("/a/x", "/a/y");
    assertThat(below(path.recursive(true))).containsExactly("/a/b/z", "/a/x", "/a/y");
    assertThat(below(path.path("/a/"))).hasSize(3);
    assertThat(below(path.path("/"))).hasSize(6);
    var first = harbour.ask(new GetParametersByPath(answers), path.maxResults(4).build());
    assertThat(first.parameters()).hasSize(4);
    assertThat(below(path.nextToken(first.nextToken()))).containsExactly("/ab/x", "top");
    assertRefused(() -> below(path.path("a")), "ValidationException", "begin with a forward slash");
    assertRefused(() -> below(path.path("/").nextToken("x")), "InvalidNextToken", "token");
    assertRefused(
        () ->
            below(
                GetParametersByPathRequest.builder()
                    .path("/")
                    .parameterFilters(
                        List.of(new ParameterStringFilter("Name", null, List.of("a"))))),
        "InvalidFilterKey",
        "Name");
  }

  @Test
  void parameters_are_described_by_filters_and_without_values() {
    put(plain("/a/x", "needle"));
    put(secure("/a/y", "needle"));
    put(plain("/b/x", "needle").tags(List.of(new Tag("team", "dock"))));
    assertThat(described("Name", "BeginsWith", "/a")).containsExactly("/a/x", "/a/y");
    assertThat(described("Name", "Contains", "/x")).containsExactly("/a/x", "/b/x");
    assertThat(described("Type", null, "SecureString")).containsExactly("/a/y");
    assertThat(described("KeyId", null, "alias/aws/ssm")).containsExactly("/a/y");
    assertThat(described("tag:team", null, "dock")).containsExactly("/b/x");
    assertThat(described("Path", "Recursive", "/a", "/b")).hasSize(3);
    assertRefused(() -> described("Name", "Near", "a"), "InvalidFilterOption", "Near");
    assertThat(
            harbour
                .ask(new DescribeParameters(), DescribeParametersRequest.builder().build())
                .toString())
        .doesNotContain("needle");
  }

  @Test
  void the_history_keeps_a_hundred_versions_and_none_that_bears_a_label_goes() {
    put(plain("a", "0"));
    label("a", 1, "first");
    for (int at = 1; at < 100; at++) {
      put(plain("a", "value").overwrite(true));
    }
    assertRefused(
        () -> put(plain("a", "x").overwrite(true)),
        "ParameterMaxVersionLimitExceeded",
        "Version 1, the oldest version, can't be deleted");
    harbour.call(
        new UnlabelParameterVersion(),
        new UnlabelParameterVersionRequest("a", 1L, List.of("first")));
    put(plain("a", "x").overwrite(true));
    var request = GetParameterHistoryRequest.builder().name("a");
    var first = harbour.ask(new GetParameterHistory(answers), request.build());
    assertThat(requireNonNull(first.parameters()).getFirst().version()).isEqualTo(2);
    var second =
        harbour.ask(new GetParameterHistory(answers), request.nextToken(first.nextToken()).build());
    assertThat(second.parameters()).hasSize(50).last().satisfies(this::isNewest);
  }

  private void isNewest(ParameterHistory history) {
    assertThat(history.version()).isEqualTo(101);
    assertThat(history.value()).isEqualTo("x");
    assertThat(history.lastModifiedUser()).isEqualTo("arn:aws:iam::123456789012:root");
  }

  @Test
  void labels_move_and_bad_ones_are_told() {
    put(plain("a", "one"));
    put(plain("a", "two").overwrite(true));
    assertThat(label("a", 1, "prod", "1st", "aws-x").invalidLabels())
        .containsExactly("1st", "aws-x");
    label("a", 2, "prod");
    assertThat(value("a:prod")).isEqualTo("two");
    assertRefused(() -> label("a", 3, "x"), "ParameterVersionNotFound", "version 3 of a");
    assertRefused(
        () -> label("a", 1, "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"),
        "ParameterVersionLabelLimitExceeded",
        "maximum 10 labels");
  }

  @Test
  void parameters_are_deleted_with_all_their_versions() {
    put(plain("a", "1"));
    put(plain("a", "2").overwrite(true));
    put(plain("b", "1"));
    harbour.call(new DeleteParameter(), new DeleteParameterRequest("a"));
    assertRefused(
        () -> harbour.call(new DeleteParameter(), new DeleteParameterRequest("a")),
        "ParameterNotFound",
        "null");
    var several = new DeleteParametersRequest(List.of("a", "b"));
    var result = harbour.call(new DeleteParameters(), several);
    assertThat(result.deletedParameters()).containsExactly("b");
    assertThat(result.invalidParameters()).containsExactly("a");
    assertThat(harbour.state().count(ParameterVersion.KIND)).isZero();
    assertThat(put(plain("a", "new")).version()).isEqualTo(1);
  }

  @Test
  void tags_come_and_go() {
    put(plain("a", "1").tags(List.of(new Tag("x", "1"))));
    harbour.call(
        new AddTagsToResource(),
        new AddTagsToResourceRequest("Parameter", "a", List.of(new Tag("y", "2"))));
    harbour.call(
        new RemoveTagsFromResource(),
        new RemoveTagsFromResourceRequest("Parameter", "a", List.of("x")));
    var tags = new ListTagsForResource();
    assertThat(harbour.ask(tags, new ListTagsForResourceRequest("Parameter", "a")).tagList())
        .containsExactly(new Tag("y", "2"));
    assertRefused(
        () -> harbour.ask(tags, new ListTagsForResourceRequest("Parameter", "b")),
        "InvalidResourceId",
        "null");
    assertRefused(
        () -> harbour.ask(tags, new ListTagsForResourceRequest("Document", "b")),
        "InvalidResourceType",
        "Document");
  }

  @Test
  void each_parameter_that_is_named_needs_a_right() {
    put(plain("/a", "1").tags(List.of(new Tag("team", "dock"))));
    var request = GetParametersRequest.builder().names(List.of("/a:1", "b")).build();
    List<Need> needs =
        new ParameterNeeds().of("ssm:GetParameters", request, harbour.state(), harbour.context());
    assertThat(needs)
        .extracting(Need::resource)
        .containsExactly(
            "arn:aws:ssm:us-east-1:123456789012:parameter/a",
            "arn:aws:ssm:us-east-1:123456789012:parameter/b");
    assertThat(needs.getFirst().keys()).containsKey("aws:resourcetag/team");
  }
}
