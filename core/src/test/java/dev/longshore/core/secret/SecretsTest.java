package dev.longshore.core.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.model.Secret;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Vault;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.BatchGetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretResponse;
import dev.longshore.shapes.secretsmanager.DeleteSecretRequest;
import dev.longshore.shapes.secretsmanager.DescribeSecretRequest;
import dev.longshore.shapes.secretsmanager.DescribeSecretResponse;
import dev.longshore.shapes.secretsmanager.Filter;
import dev.longshore.shapes.secretsmanager.GetRandomPasswordRequest;
import dev.longshore.shapes.secretsmanager.GetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.GetSecretValueResponse;
import dev.longshore.shapes.secretsmanager.ListSecretVersionIdsRequest;
import dev.longshore.shapes.secretsmanager.ListSecretsRequest;
import dev.longshore.shapes.secretsmanager.ListSecretsResponse;
import dev.longshore.shapes.secretsmanager.PutResourcePolicyRequest;
import dev.longshore.shapes.secretsmanager.PutSecretValueRequest;
import dev.longshore.shapes.secretsmanager.PutSecretValueResponse;
import dev.longshore.shapes.secretsmanager.RestoreSecretRequest;
import dev.longshore.shapes.secretsmanager.SecretListEntry;
import dev.longshore.shapes.secretsmanager.Tag;
import dev.longshore.shapes.secretsmanager.TagResourceRequest;
import dev.longshore.shapes.secretsmanager.UntagResourceRequest;
import dev.longshore.shapes.secretsmanager.UpdateSecretRequest;
import dev.longshore.shapes.secretsmanager.UpdateSecretVersionStageRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SecretsTest {
  private static final String MARKED =
      "You can't perform this operation on the secret because it was marked for deletion.";
  private static final String MISSING = "Secrets Manager can't find the specified secret.";
  private static final String TOKEN = "0123456789abcdef0123456789abcdef";

  private final Vault vault = new OpenVault();
  private final SecretSeals seals = new SecretSeals(vault);
  private final Harbour harbour = new Harbour(new SecretReconciler());

  private CreateSecretResponse create(String name, String value) {
    return harbour.call(
        new CreateSecret(seals),
        CreateSecretRequest.builder().name(name).secretString(value).build());
  }

  private PutSecretValueResponse put(String id, String value) {
    return harbour.call(
        new PutSecretValue(seals),
        PutSecretValueRequest.builder().secretId(id).secretString(value).build());
  }

  private GetSecretValueResponse get(GetSecretValueRequest.Builder request) {
    return harbour.call(new GetSecretValue(seals), request.build());
  }

  private String value(String id) {
    return requireNonNull(get(GetSecretValueRequest.builder().secretId(id)).secretString());
  }

  private String staged(String id, String stage) {
    return requireNonNull(
        get(GetSecretValueRequest.builder().secretId(id).versionStage(stage)).secretString());
  }

  private DescribeSecretResponse describe(String id) {
    return harbour.ask(new DescribeSecret(), new DescribeSecretRequest(id));
  }

  private void delete(String id, long days) {
    harbour.call(
        new DeleteSecret(),
        DeleteSecretRequest.builder().secretId(id).recoveryWindowInDays(days).build());
  }

  private ListSecretsResponse list(ListSecretsRequest.Builder request) {
    return harbour.ask(new ListSecrets(), request.build());
  }

  private List<String> named(ListSecretsRequest.Builder request) {
    return requireNonNull(list(request).secretList()).stream()
        .map(SecretListEntry::name)
        .map(name -> requireNonNull(name))
        .toList();
  }

  private List<String> filtered(String key, String... values) {
    return named(
        ListSecretsRequest.builder()
            .sortBy("name")
            .filters(List.of(new Filter(key, List.of(values)))));
  }

  private static void assertRefused(ThrowingCallable call, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessage(text);
  }

  @Test
  void a_secret_is_found_by_its_name_its_arn_and_its_arn_without_the_ending() {
    String arn = requireNonNull(create("prod/db", "hush").arn());
    assertThat(arn)
        .matches("arn:aws:secretsmanager:us-east-1:123456789012:secret:prod/db-[A-Za-z0-9]{6}");
    assertThat(value("prod/db")).isEqualTo("hush");
    assertThat(value(arn)).isEqualTo("hush");
    assertThat(value(arn.substring(0, arn.length() - 7))).isEqualTo("hush");
    assertRefused(() -> value("prod"), "ResourceNotFoundException", MISSING);
    assertRefused(
        () -> value(arn.replace("us-east-1", "eu-west-1").substring(0, arn.length() - 7)),
        "ResourceNotFoundException",
        MISSING);
  }

  @Test
  void values_stand_sealed_in_rows_and_nowhere_else() {
    create("db", "correct horse battery staple");
    put("db", "tr0ub4dor");
    List<Object> rows = new ArrayList<>();
    harbour.state().all(Secret.KIND).forEach(rows::add);
    harbour
        .state()
        .all(SecretVersion.KIND)
        .forEach(version -> rows.add(version + " " + version.sealed().toUtf8()));
    assertThat(rows.toString()).doesNotContain("horse").doesNotContain("tr0ub4dor");
  }

  @Test
  void a_new_value_is_current_and_the_one_before_is_previous() {
    create("db", "one");
    put("db", "two");
    assertThat(value("db")).isEqualTo("two");
    assertThat(staged("db", "AWSPREVIOUS")).isEqualTo("one");
    PutSecretValueResponse third = put("db", "three");
    assertThat(third.versionStages()).containsExactly("AWSCURRENT");
    assertThat(staged("db", "AWSPREVIOUS")).isEqualTo("two");
    assertThat(describe("db").versionIdsToStages())
        .hasSize(2)
        .containsEntry(requireNonNull(third.versionId()), List.of("AWSCURRENT"));
  }

  @Test
  void a_pending_value_is_not_current_until_its_label_moves() {
    String first = requireNonNull(create("db", "one").versionId());
    String pending =
        requireNonNull(
            harbour
                .call(
                    new PutSecretValue(seals),
                    PutSecretValueRequest.builder()
                        .secretId("db")
                        .secretString("two")
                        .versionStages(List.of("AWSPENDING"))
                        .build())
                .versionId());
    assertThat(value("db")).isEqualTo("one");
    var move =
        UpdateSecretVersionStageRequest.builder()
            .secretId("db")
            .versionStage("AWSCURRENT")
            .moveToVersionId(pending);
    assertRefused(
        () -> harbour.call(new UpdateSecretVersionStage(), move.build()),
        "InvalidParameterException",
        "The parameter RemoveFromVersionId can't be empty. Staging label AWSCURRENT is currently"
            + " attached to version "
            + first
            + ", so you must explicitly reference that version in RemoveFromVersionId.");
    harbour.call(new UpdateSecretVersionStage(), move.removeFromVersionId(first).build());
    assertThat(value("db")).isEqualTo("two");
    assertThat(staged("db", "AWSPREVIOUS")).isEqualTo("one");
    assertThat(staged("db", "AWSPENDING")).isEqualTo("two");
  }

  @Test
  void the_current_label_cannot_be_taken_away_but_others_can() {
    String id = requireNonNull(create("db", "one").versionId());
    assertThatThrownBy(() ->
            harbour.call(
                new UpdateSecretVersionStage(),
                UpdateSecretVersionStageRequest.builder()
                    .secretId("db")
                    .versionStage("AWSCURRENT")
                    .removeFromVersionId(id)
                    .build()))
        .hasMessageStartingWith("You can only move staging label AWSCURRENT to a different");
    var mine = UpdateSecretVersionStageRequest.builder().secretId("db").versionStage("mine");
    harbour.call(new UpdateSecretVersionStage(), mine.moveToVersionId(id).build());
    assertThat(staged("db", "mine")).isEqualTo("one");
    harbour.call(
        new UpdateSecretVersionStage(), mine.moveToVersionId(null).removeFromVersionId(id).build());
    assertRefused(
        () -> staged("db", "mine"),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: mine");
  }

  @Test
  void version_and_stage_must_agree() {
    String old = requireNonNull(create("db", "one").versionId());
    put("db", "two");
    assertThat(get(GetSecretValueRequest.builder().secretId("db").versionId(old)).secretString())
        .isEqualTo("one");
    assertRefused(
        () ->
            get(
                GetSecretValueRequest.builder()
                    .secretId("db")
                    .versionId(old)
                    .versionStage("AWSCURRENT")),
        "InvalidRequestException",
        "You provided a VersionStage that is not associated to the provided VersionId.");
    assertRefused(
        () -> get(GetSecretValueRequest.builder().secretId("db").versionId(TOKEN)),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for VersionId: " + TOKEN);
  }

  @Test
  void a_secret_without_a_value_has_none_for_awscurrent() {
    harbour.call(new CreateSecret(seals), CreateSecretRequest.builder().name("db").build());
    assertRefused(
        () -> value("db"),
        "ResourceNotFoundException",
        "Secrets Manager can't find the specified secret value for staging label: AWSCURRENT");
  }

  @Test
  void a_repeated_token_creates_nothing_twice_and_takes_no_other_value() {
    var request =
        CreateSecretRequest.builder().name("db").secretString("one").clientRequestToken(TOKEN);
    CreateSecretResponse first = harbour.call(new CreateSecret(seals), request.build());
    assertThat(harbour.call(new CreateSecret(seals), request.build())).isEqualTo(first);
    assertThat(first.versionId()).isEqualTo(TOKEN);
    assertRefused(
        () -> harbour.call(new CreateSecret(seals), request.secretString("two").build()),
        "ResourceExistsException",
        "The operation failed because the secret db already exists.");
    var again =
        PutSecretValueRequest.builder()
            .secretId("db")
            .secretString("two")
            .clientRequestToken(TOKEN)
            .build();
    assertRefused(
        () -> harbour.call(new PutSecretValue(seals), again),
        "ResourceExistsException",
        "You can't use ClientRequestToken "
            + TOKEN
            + " because that value is already in use for a version of secret "
            + first.arn()
            + ".");
  }

  @Test
  void a_value_is_text_or_bytes_of_64_kib_and_not_both() {
    var both =
        CreateSecretRequest.builder()
            .name("db")
            .secretString("text")
            .secretBinary(Blob.ofUtf8("bytes"));
    assertThatThrownBy(() -> harbour.call(new CreateSecret(seals), both.build()))
        .hasMessageContaining("both a binary secret value and a string secret value");
    harbour.call(new CreateSecret(seals), both.secretString(null).build());
    GetSecretValueResponse bytes = get(GetSecretValueRequest.builder().secretId("db"));
    assertThat(bytes.secretBinary()).isEqualTo(Blob.ofUtf8("bytes"));
    assertThat(bytes.secretString()).isNull();
    put("db", "x".repeat(65_536));
    assertThatThrownBy(() -> put("db", "é".repeat(32_769)))
        .hasMessageContaining("less than or equal to 65536");
    assertRefused(
        () ->
            harbour.call(
                new PutSecretValue(seals), PutSecretValueRequest.builder().secretId("db").build()),
        "InvalidRequestException",
        "You must provide either SecretString or SecretBinary.");
  }

  @Test
  void a_deleted_secret_can_be_restored_within_its_window_and_goes_when_it_ends() {
    create("db", "one");
    delete("db", 7);
    assertRefused(() -> value("db"), "InvalidRequestException", MARKED);
    assertRefused(() -> put("db", "two"), "InvalidRequestException", MARKED);
    assertThat(describe("db").deletedDate()).isEqualTo(harbour.now());
    assertRefused(
        () -> create("db", "two"),
        "InvalidRequestException",
        "You can't create this secret because a secret with this name is already scheduled for"
            + " deletion.");
    harbour.call(new RestoreSecret(), new RestoreSecretRequest("db"));
    assertThat(value("db")).isEqualTo("one");
    delete("db", 7);
    harbour.advance(Duration.ofDays(7).minusMillis(1));
    assertThat(describe("db").name()).isEqualTo("db");
    harbour.advance(Duration.ofMillis(1));
    assertRefused(() -> describe("db"), "ResourceNotFoundException", MISSING);
    assertThat(harbour.state().count(SecretVersion.KIND)).isZero();
    assertThat(create("db", "new").name()).isEqualTo("db");
  }

  @Test
  void deletion_takes_30_days_unless_told_otherwise_or_none_by_force() {
    create("db", "one");
    assertThat(
            harbour
                .call(new DeleteSecret(), DeleteSecretRequest.builder().secretId("db").build())
                .deletionDate())
        .isEqualTo(harbour.now().plus(Duration.ofDays(30)));
    var force = DeleteSecretRequest.builder().secretId("db").forceDeleteWithoutRecovery(true);
    assertThat(harbour.call(new DeleteSecret(), force.build()).deletionDate())
        .isEqualTo(harbour.now());
    assertThat(harbour.state().count(Secret.KIND)).isZero();
    assertThat(harbour.call(new DeleteSecret(), force.build()).name()).isEqualTo("db");
    assertRefused(() -> delete("db", 7), "ResourceNotFoundException", MISSING);
    assertThatThrownBy(() -> delete("db", 6)).hasMessageContaining("between 7 and 30 days");
    assertThatThrownBy(() -> delete("db", 31)).hasMessageContaining("between 7 and 30 days");
    assertThatThrownBy(
            () -> harbour.call(new DeleteSecret(), force.recoveryWindowInDays(7L).build()))
        .hasMessageContaining("in conjunction with RecoveryWindowInDays");
  }

  @Test
  void listings_are_filtered_sorted_and_paged() {
    for (String name : List.of("app/db", "app/mail", "App/key", "web/db")) {
      create(name, "x");
      harbour.advance(Duration.ofSeconds(1));
    }
    harbour.call(
        new UpdateSecret(seals),
        UpdateSecretRequest.builder().secretId("web/db").description("Of the Web shop").build());
    harbour.call(
        new TagResource(), new TagResourceRequest("app/db", List.of(new Tag("team", "harbour"))));
    assertThat(filtered("name", "app")).containsExactly("app/db", "app/mail");
    assertThat(filtered("name", "!app")).containsExactly("App/key", "web/db");
    assertThat(filtered("name", "app", "web")).hasSize(3);
    assertThat(filtered("description", "of the web")).containsExactly("web/db");
    assertThat(filtered("tag-key", "tea")).containsExactly("app/db");
    assertThat(filtered("tag-value", "Harbour")).isEmpty();
    assertThat(filtered("all", "SHOP web")).containsExactly("web/db");
    var paged = ListSecretsRequest.builder().maxResults(3).sortOrder("desc");
    ListSecretsResponse first = list(paged);
    assertThat(named(paged)).containsExactly("web/db", "App/key", "app/mail");
    assertThat(named(paged.nextToken(first.nextToken()))).containsExactly("app/db");
    assertThatThrownBy(() -> list(paged.nextToken("nonsense")))
        .isInstanceOfSatisfying(
            ServiceException.class,
            e -> assertThat(e.code()).isEqualTo("InvalidNextTokenException"));
    delete("app/db", 7);
    assertThat(filtered("name", "app/db")).isEmpty();
    assertThat(named(ListSecretsRequest.builder().includePlannedDeletion(true))).hasSize(4);
  }

  @Test
  void versions_beyond_a_hundred_push_out_deprecated_ones_that_are_a_day_old() {
    create("db", "0");
    for (int at = 1; at < 100; at++) {
      put("db", "value " + at);
    }
    assertThatThrownBy(() -> put("db", "too many"))
        .isInstanceOfSatisfying(
            ServiceException.class, e -> assertThat(e.code()).isEqualTo("LimitExceededException"));
    harbour.advance(Duration.ofHours(25));
    put("db", "again");
    var ids = ListSecretVersionIdsRequest.builder().secretId("db");
    assertThat(harbour.ask(new ListSecretVersionIds(), ids.build()).versions()).hasSize(2);
    var page = harbour.ask(new ListSecretVersionIds(), ids.includeDeprecated(true).build());
    assertThat(page.versions()).hasSize(100);
    assertThat(page.nextToken()).isNull();
  }

  @Test
  void several_values_are_read_at_once_and_what_fails_is_told() {
    create("a", "1");
    create("b", "2");
    var answer =
        harbour.call(
            new BatchGetSecretValue(seals),
            BatchGetSecretValueRequest.builder().secretIdList(List.of("a", "c", "b")).build());
    assertThat(answer.secretValues()).extracting("secretString").containsExactly("1", "2");
    assertThat(answer.errors()).extracting("secretId").containsExactly("c");
    assertThat(answer.errors())
        .extracting("errorCode")
        .containsExactly("ResourceNotFoundException");
    var paged =
        BatchGetSecretValueRequest.builder()
            .filters(List.of(new Filter("name", List.of("a", "b"))))
            .maxResults(1);
    var first = harbour.call(new BatchGetSecretValue(seals), paged.build());
    assertThat(first.secretValues()).extracting("name").containsExactly("a");
    var second =
        harbour.call(new BatchGetSecretValue(seals), paged.nextToken(first.nextToken()).build());
    assertThat(second.secretValues()).extracting("name").containsExactly("b");
    assertThat(second.nextToken()).isNull();
  }

  @Test
  void tags_and_policies_come_and_go() {
    create("db", "one");
    harbour.call(
        new TagResource(),
        new TagResourceRequest("db", List.of(new Tag("a", "1"), new Tag("b", "2"))));
    harbour.call(new UntagResource(), new UntagResourceRequest("db", List.of("a")));
    assertThat(describe("db").tags()).containsExactly(new Tag("b", "2"));
    assertThatThrownBy(() ->
            harbour.call(
                new TagResource(), new TagResourceRequest("db", List.of(new Tag("aws:x", "1")))))
        .hasMessageContaining("aws:");
    var policy = new PutResourcePolicy(text -> text.startsWith("{"));
    var put = PutResourcePolicyRequest.builder().secretId("db");
    harbour.call(policy, put.resourcePolicy("{}").build());
    assertThatThrownBy(() -> harbour.call(policy, put.resourcePolicy("no").build()))
        .hasMessage("This resource policy contains invalid JSON.");
    assertThat(requireNonNull(harbour.state().find(Secret.KIND, "db")).policy()).isEqualTo("{}");
  }

  @Test
  void names_have_few_letters() {
    assertThatThrownBy(() -> create("a b", "x")).hasMessageStartingWith("Invalid name.");
    assertThat(create("a/b_c+d=e.f@g!h-i", "x").name()).hasSize(17);
  }

  @Test
  void passwords_have_each_type_of_letter_that_is_not_excluded() {
    var request = GetRandomPasswordRequest.builder();
    GetRandomPassword operation = new GetRandomPassword(vault);
    String usual = harbour.ask(operation, request.build()).randomPassword();
    assertThat(usual).hasSize(32).containsPattern("[a-z]").containsPattern("[A-Z]");
    assertThat(usual).containsPattern("[0-9]").containsPattern("[^a-zA-Z0-9]");
    request.passwordLength(2L).excludePunctuation(true).excludeUppercase(true);
    assertThat(harbour.ask(operation, request.build()).randomPassword())
        .hasSize(2)
        .containsPattern("[a-z]")
        .containsPattern("[0-9]");
    assertThatThrownBy(() -> harbour.ask(operation, request.passwordLength(1L).build()))
        .hasMessage("Password length 1 is too short based on the required types.");
    request.passwordLength(9L).excludeLowercase(true).excludeCharacters("012345678");
    assertThat(harbour.ask(operation, request.build()).randomPassword()).isEqualTo("999999999");
    assertThatThrownBy(() -> harbour.ask(operation, request.excludeNumbers(true).build()))
        .hasMessageContaining("every character is excluded");
  }
}
