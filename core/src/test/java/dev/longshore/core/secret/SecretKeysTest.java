package dev.longshore.core.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.CustomerKey;
import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.model.SecretVersion;
import dev.longshore.core.operation.Need;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.secretsmanager.BatchGetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.CreateSecretRequest;
import dev.longshore.shapes.secretsmanager.GetSecretValueRequest;
import dev.longshore.shapes.secretsmanager.ListSecretVersionIdsRequest;
import dev.longshore.shapes.secretsmanager.PutSecretValueRequest;
import dev.longshore.shapes.secretsmanager.UpdateSecretRequest;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Secrets under keys of their users. */
class SecretKeysTest {
  private final OpenVault vault = new OpenVault();
  private final SecretSeals seals = new SecretSeals(vault);
  private final Harbour harbour = new Harbour();
  private final CustomerKey key = CustomerKey.in(harbour, vault);

  private String create(String name, @Nullable String keyId) {
    var request = CreateSecretRequest.builder().name(name).secretString("hush").kmsKeyId(keyId);
    return requireNonNull(harbour.call(new CreateSecret(seals), request.build()).arn());
  }

  private @Nullable String value(String id) {
    var request = GetSecretValueRequest.builder().secretId(id).build();
    return harbour.call(new GetSecretValue(seals), request).secretString();
  }

  private void put(String id, String value) {
    harbour.call(
        new PutSecretValue(seals),
        PutSecretValueRequest.builder().secretId(id).secretString(value).build());
  }

  private void moveTo(String id, String keyId) {
    harbour.call(
        new UpdateSecret(seals),
        UpdateSecretRequest.builder().secretId(id).kmsKeyId(keyId).build());
  }

  private List<Need> needs(String action, Shape request) {
    return new SecretNeeds().of(action, request, harbour.state(), harbour.context());
  }

  private static void assertRefused(ThrowingCallable call, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageStartingWith(text);
  }

  @Test
  void a_disabled_key_locks_its_values_until_it_is_enabled() {
    create("db", CustomerKey.ARN);
    create("free", null);
    key.enable(false);
    assertRefused(
        () -> value("db"),
        "DecryptionFailure",
        "Secrets Manager can't decrypt the secret value: "
            + CustomerKey.ARN
            + " is disabled. (Service: AWSKMS; Status Code: 400; Error Code: DisabledException;"
            + " Request ID: ");
    assertRefused(
        () -> put("db", "new"),
        "EncryptionFailure",
        "Secrets Manager can't encrypt the secret value: " + CustomerKey.ARN + " is disabled.");
    assertThat(value("free")).isEqualTo("hush");
    key.enable(true);
    assertThat(value("db")).isEqualTo("hush");
  }

  @Test
  void a_key_that_waits_for_its_deletion_locks_its_values_and_takes_them_along() {
    create("db", CustomerKey.ID);
    key.schedule();
    assertRefused(
        () -> value("db"),
        "DecryptionFailure",
        "Secrets Manager can't decrypt the secret value: "
            + CustomerKey.ARN
            + " is pending deletion. (Service: AWSKMS; Status Code: 400; Error Code:"
            + " KMSInvalidStateException; Request ID: ");
    key.remove();
    assertRefused(
        () -> value("db"),
        "DecryptionFailure",
        "Secrets Manager can't decrypt the secret value: Key '"
            + CustomerKey.ARN
            + "' does not exist");
  }

  @Test
  void a_key_that_nobody_knows_takes_no_value() {
    assertRefused(
        () -> create("db", "alias/none"),
        "EncryptionFailure",
        "Secrets Manager can't encrypt the secret value: Alias arn:aws:kms:us-east-1:123456789012"
            + ":alias/none is not found. (Service: AWSKMS;");
    create("own", "alias/aws/secretsmanager");
    assertThat(value("own")).isEqualTo("hush");
  }

  @Test
  void values_that_bear_a_label_move_with_their_secret_to_another_key() {
    create("db", null);
    put("db", "second");
    put("db", "third");
    moveTo("db", CustomerKey.ID);
    assertThat(keysOfVersions())
        .containsExactlyInAnyOrder(
            CustomerKey.ID + " [AWSCURRENT]", CustomerKey.ID + " [AWSPREVIOUS]", "null []");
    key.enable(false);
    assertRefused(() -> moveTo("db", ""), "DecryptionFailure", "Secrets Manager can't decrypt");
    key.enable(true);
    moveTo("db", "");
    key.enable(false);
    assertThat(value("db")).isEqualTo("third");
    var listed =
        harbour
            .ask(
                new ListSecretVersionIds(),
                ListSecretVersionIdsRequest.builder().secretId("db").build())
            .versions();
    assertThat(requireNonNull(listed).getFirst().kmsKeyIds())
        .containsExactly("DefaultEncryptionKey");
  }

  private List<String> keysOfVersions() {
    List<String> keys = new ArrayList<>();
    for (SecretVersion version : harbour.state().all(SecretVersion.KIND)) {
      keys.add(version.keyId() + " " + version.stages());
    }
    return keys;
  }

  @Test
  void readers_and_writers_need_rights_on_the_key_through_the_service() {
    String arn = create("db", CustomerKey.ID);
    List<Need> reading =
        needs(
            "secretsmanager:GetSecretValue",
            GetSecretValueRequest.builder().secretId("db").build());
    assertThat(reading)
        .extracting(Need::action)
        .containsExactly("secretsmanager:GetSecretValue", "kms:Decrypt");
    Need onKey = reading.getLast();
    assertThat(onKey.resource()).isEqualTo(CustomerKey.ARN);
    assertThat(onKey.policyDecides()).isTrue();
    assertThat(onKey.denial()).isEqualTo("Access to KMS is not allowed");
    assertThat(onKey.keys())
        .containsEntry("kms:viaservice", List.of("secretsmanager.us-east-1.amazonaws.com"))
        .containsEntry("kms:encryptioncontext:secretarn", List.of(arn))
        .containsEntry("kms:calleraccount", List.of("123456789012"))
        .containsEntry("aws:viaawsservice", List.of("true"));
    assertThat(
            needs(
                "secretsmanager:PutSecretValue",
                PutSecretValueRequest.builder().secretId("db").secretString("x").build()))
        .extracting(Need::action)
        .containsExactly("secretsmanager:PutSecretValue", "kms:GenerateDataKey", "kms:Decrypt");
    assertThat(
            needs(
                "secretsmanager:UpdateSecret",
                UpdateSecretRequest.builder().secretId("db").description("x").build()))
        .hasSize(1);
  }

  @Test
  void one_name_of_nothing_does_not_free_the_others_of_a_batch() {
    create("db", CustomerKey.ID);
    var request =
        BatchGetSecretValueRequest.builder().secretIdList(List.of("nothing", "db")).build();
    assertThat(needs("secretsmanager:BatchGetSecretValue", request))
        .extracting(Need::action)
        .contains("kms:Decrypt");
  }

  @Test
  void a_secret_under_the_services_own_key_needs_no_right_on_it() {
    create("db", null);
    assertThat(
            needs(
                "secretsmanager:GetSecretValue",
                GetSecretValueRequest.builder().secretId("db").build()))
        .hasSize(1);
  }
}
