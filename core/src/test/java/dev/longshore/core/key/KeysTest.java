package dev.longshore.core.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyAlias;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.kms.CancelKeyDeletionRequest;
import dev.longshore.shapes.kms.CreateAliasRequest;
import dev.longshore.shapes.kms.CreateKeyRequest;
import dev.longshore.shapes.kms.DecryptRequest;
import dev.longshore.shapes.kms.DeleteAliasRequest;
import dev.longshore.shapes.kms.DescribeKeyRequest;
import dev.longshore.shapes.kms.DisableKeyRequest;
import dev.longshore.shapes.kms.EnableKeyRequest;
import dev.longshore.shapes.kms.EncryptRequest;
import dev.longshore.shapes.kms.GenerateDataKeyRequest;
import dev.longshore.shapes.kms.KeyMetadata;
import dev.longshore.shapes.kms.ListAliasesRequest;
import dev.longshore.shapes.kms.ListKeysRequest;
import dev.longshore.shapes.kms.ListResourceTagsRequest;
import dev.longshore.shapes.kms.ReEncryptRequest;
import dev.longshore.shapes.kms.ScheduleKeyDeletionRequest;
import dev.longshore.shapes.kms.Tag;
import dev.longshore.shapes.kms.TagResourceRequest;
import dev.longshore.shapes.kms.UntagResourceRequest;
import dev.longshore.shapes.kms.UpdateAliasRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final Blob PLAIN = Blob.ofUtf8("correct horse");
  private static final Map<String, String> CONTEXT = Map.of("app", "shop", "tier", "one");

  private final OpenVault vault = new OpenVault();
  private final KeyCipher cipher = new KeyCipher(vault);
  private final Harbour harbour = new Harbour(new KeyReconciler(vault));

  private String created() {
    var request = CreateKeyRequest.builder().description("Mine").build();
    return requireNonNull(harbour.call(new CreateKey(vault), request).keyMetadata()).keyId();
  }

  private KeyMetadata described(String id) {
    var request = DescribeKeyRequest.builder().keyId(id).build();
    return requireNonNull(harbour.ask(new DescribeKey(), request).keyMetadata());
  }

  private Blob encrypted(String key) {
    var request =
        EncryptRequest.builder().keyId(key).plaintext(PLAIN).encryptionContext(CONTEXT).build();
    return requireNonNull(harbour.ask(new Encrypt(cipher), request).ciphertextBlob());
  }

  private Blob decrypted(DecryptRequest.Builder request) {
    return requireNonNull(harbour.ask(new Decrypt(cipher), request.build()).plaintext());
  }

  private static DecryptRequest.Builder of(Blob ciphertext) {
    return DecryptRequest.builder().ciphertextBlob(ciphertext).encryptionContext(CONTEXT);
  }

  private void alias(String name, String key) {
    harbour.call(new CreateAlias(), new CreateAliasRequest(name, key));
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
  void a_key_encrypts_for_its_context_alone() {
    String key = created();
    Blob ciphertext = encrypted(key);
    assertThat(decrypted(of(ciphertext))).isEqualTo(PLAIN);
    assertThat(decrypted(of(ciphertext).keyId(key))).isEqualTo(PLAIN);
    assertRefused(
        () -> decrypted(of(ciphertext).encryptionContext(Map.of("app", "shop"))),
        "InvalidCiphertextException",
        "null");
    assertRefused(
        () -> decrypted(of(ciphertext).keyId(created())), "IncorrectKeyException", "The key ID");
    assertRefused(
        () -> decrypted(of(Blob.ofUtf8("nonsense"))), "InvalidCiphertextException", "null");
  }

  @Test
  void a_key_is_found_by_id_arn_alias_and_the_aliass_arn() {
    String key = created();
    alias("alias/shop", key);
    String arn = "arn:aws:kms:us-east-1:123456789012:";
    for (String name : List.of(key, arn + "key/" + key, "alias/shop", arn + "alias/shop")) {
      assertThat(described(name).keyId()).isEqualTo(key);
    }
    assertThat(described(key).keyState()).isEqualTo("Enabled");
    assertRefused(
        () -> described("alias/none"),
        "NotFoundException",
        "Alias " + arn + "alias/none is not found.");
    String other = "00000000-0000-4000-8000-000000000000";
    assertRefused(
        () -> described(other), "NotFoundException", "Key '" + arn + "key/" + other + "' does not");
    assertRefused(() -> described("x"), "NotFoundException", "Invalid keyId 'x'");
  }

  @Test
  void aliases_move_and_go_and_those_of_aws_are_not_the_users() {
    String first = created();
    String second = created();
    alias("alias/shop", first);
    assertRefused(() -> alias("alias/shop", second), "AlreadyExistsException", "already exists");
    assertRefused(() -> alias("shop", first), "ValidationException", "Invalid identifier");
    assertRefused(() -> alias("alias/aws/x", first), "NotAuthorizedException", "");
    harbour.call(new UpdateAlias(), new UpdateAliasRequest("alias/shop", second));
    assertThat(described("alias/shop").keyId()).isEqualTo(second);
    var ofKey = ListAliasesRequest.builder().keyId(second).build();
    assertThat(harbour.ask(new ListAliases(), ofKey).aliases()).hasSize(1);
    harbour.call(new DeleteAlias(), new DeleteAliasRequest("alias/shop"));
    assertRefused(() -> described("alias/shop"), "NotFoundException", "is not found.");
  }

  @Test
  void a_disabled_key_encrypts_and_decrypts_nothing() {
    String key = created();
    Blob ciphertext = encrypted(key);
    harbour.call(new DisableKey(), new DisableKeyRequest(key));
    assertRefused(() -> encrypted(key), "DisabledException", key + " is disabled.");
    assertRefused(() -> decrypted(of(ciphertext)), "DisabledException", "is disabled.");
    harbour.call(new EnableKey(), new EnableKeyRequest(key));
    assertThat(decrypted(of(ciphertext))).isEqualTo(PLAIN);
  }

  @Test
  void a_key_waits_out_its_window_and_goes_with_its_aliases() {
    String key = created();
    alias("alias/shop", key);
    Blob ciphertext = encrypted(key);
    var delete = ScheduleKeyDeletionRequest.builder().keyId(key);
    assertRefused(
        () -> harbour.call(new ScheduleKeyDeletion(), delete.pendingWindowInDays(6).build()),
        "ValidationException",
        "between 7 and 30");
    harbour.call(new ScheduleKeyDeletion(), delete.pendingWindowInDays(7).build());
    assertRefused(() -> encrypted(key), "KMSInvalidStateException", "is pending deletion.");
    harbour.call(new CancelKeyDeletion(), new CancelKeyDeletionRequest(key));
    assertThat(described(key).keyState()).isEqualTo("Disabled");
    harbour.call(new ScheduleKeyDeletion(), delete.build());
    harbour.advance(Duration.ofDays(7));
    assertThat(harbour.state().count(EncryptionKey.KIND)).isZero();
    assertThat(harbour.state().count(KeyAlias.KIND)).isZero();
    assertRefused(() -> decrypted(of(ciphertext)), "InvalidCiphertextException", "null");
  }

  @Test
  void a_ciphertext_moves_to_another_key() {
    String from = created();
    String to = created();
    var request =
        ReEncryptRequest.builder()
            .ciphertextBlob(encrypted(from))
            .sourceEncryptionContext(CONTEXT)
            .destinationKeyId(to)
            .destinationEncryptionContext(CONTEXT)
            .build();
    Blob moved = requireNonNull(harbour.ask(new ReEncrypt(cipher), request).ciphertextBlob());
    assertThat(decrypted(of(moved).keyId(to))).isEqualTo(PLAIN);
  }

  @Test
  void a_data_key_comes_in_the_plain_and_encrypted() {
    var request = GenerateDataKeyRequest.builder().keyId(created()).encryptionContext(CONTEXT);
    GenerateDataKey operation = new GenerateDataKey(vault, cipher);
    var key = harbour.ask(operation, request.keySpec("AES_256").build());
    assertThat(requireNonNull(key.plaintext()).size()).isEqualTo(32);
    assertThat(decrypted(of(requireNonNull(key.ciphertextBlob())))).isEqualTo(key.plaintext());
    assertRefused(
        () -> harbour.ask(operation, request.numberOfBytes(5).build()),
        "ValidationException",
        "either number of bytes or key spec");
  }

  @Test
  void other_kinds_of_key_are_refused_with_a_reason() {
    assertRefused(
        () ->
            harbour.call(
                new CreateKey(vault), CreateKeyRequest.builder().keySpec("RSA_2048").build()),
        "UnsupportedOperationException",
        "not of RSA_2048.");
  }

  @Test
  void keys_are_listed_in_pages_and_tagged() {
    String first = created();
    created();
    created();
    var request = ListKeysRequest.builder().limit(2);
    var page = harbour.ask(new ListKeys(), request.build());
    assertThat(page.keys()).hasSize(2);
    assertThat(page.truncated()).isTrue();
    assertThat(harbour.ask(new ListKeys(), request.marker(page.nextMarker()).build()).keys())
        .hasSize(1);
    assertRefused(
        () -> harbour.ask(new ListKeys(), request.marker("x").build()),
        "InvalidMarkerException",
        "marker");
    List<Tag> tags = List.of(new Tag("a", "1"), new Tag("b", "2"));
    harbour.call(new TagResource(), new TagResourceRequest(first, tags));
    harbour.call(new UntagResource(), new UntagResourceRequest(first, List.of("a")));
    var shown = ListResourceTagsRequest.builder().keyId(first).build();
    assertThat(harbour.ask(new ListResourceTags(), shown).tags())
        .containsExactly(new Tag("b", "2"));
  }
}
