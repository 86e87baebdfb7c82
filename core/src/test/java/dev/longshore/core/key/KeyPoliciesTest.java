package dev.longshore.core.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.operation.Need;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.CreateKeyRequest;
import dev.longshore.shapes.kms.DecryptRequest;
import dev.longshore.shapes.kms.DescribeKeyRequest;
import dev.longshore.shapes.kms.EncryptRequest;
import dev.longshore.shapes.kms.GetKeyPolicyRequest;
import dev.longshore.shapes.kms.ListKeyPoliciesRequest;
import dev.longshore.shapes.kms.PutKeyPolicyRequest;
import dev.longshore.shapes.kms.ReEncryptRequest;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Policies on keys, and the rights that actions need under them. */
class KeyPoliciesTest {
  private static final String OF_ANNA =
      """
      {"Version":"2012-10-17","Statement":{"Effect":"Allow",
       "Principal":{"AWS":"arn:aws:iam::123456789012:user/anna"},"Action":"kms:*","Resource":"*"}}
      """;

  private final OpenVault vault = new OpenVault();
  private final KeyCipher cipher = new KeyCipher(vault);
  private final Harbour harbour = new Harbour(new KeyReconciler(vault));

  private String created() {
    var request = CreateKeyRequest.builder().build();
    return requireNonNull(harbour.call(new CreateKey(vault), request).keyMetadata()).keyId();
  }

  private void put(String key, String policy, @Nullable Boolean lockout) {
    harbour.call(
        new PutKeyPolicy(),
        PutKeyPolicyRequest.builder()
            .keyId(key)
            .policy(policy)
            .bypassPolicyLockoutSafetyCheck(lockout)
            .build());
  }

  private String policy(String key) {
    var request = GetKeyPolicyRequest.builder().keyId(key).build();
    return requireNonNull(harbour.ask(new GetKeyPolicy(), request).policy());
  }

  private List<Need> needs(String action, Shape request) {
    return new KeyNeeds().of(action, request, harbour.state(), harbour.context());
  }

  private static void assertRefused(ThrowingCallable call, String code, String text) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(ServiceException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(text);
  }

  @Test
  void a_key_without_a_policy_of_its_own_trusts_the_account() {
    String key = created();
    assertThat(policy(key))
        .contains("\"Id\" : \"key-default-1\"", "\"AWS\" : \"arn:aws:iam::123456789012:root\"");
    PolicyReader.read(policy(key), PolicyKind.RESOURCE);
    var names =
        harbour.ask(new ListKeyPolicies(), ListKeyPoliciesRequest.builder().keyId(key).build());
    assertThat(names.policyNames()).containsExactly("default");
    Need need =
        needs("kms:DescribeKey", DescribeKeyRequest.builder().keyId(key).build()).getFirst();
    assertThat(need.policyDecides()).isTrue();
    assertThat(need.policies()).containsExactly(policy(key));
  }

  @Test
  void a_policy_that_is_set_decides_and_locks_nobody_out_by_mistake() {
    String key = created();
    assertRefused(
        () -> put(key, OF_ANNA, null),
        "MalformedPolicyDocumentException",
        "The new key policy will not allow you to update the key policy in the future.");
    assertRefused(
        () -> put(key, "{\"Statement\":1}", true), "MalformedPolicyDocumentException", "Syntax");
    harbour.as("arn:aws:iam::123456789012:user/anna");
    put(key, OF_ANNA, null);
    assertThat(policy(key)).isEqualTo(OF_ANNA);
    harbour.as("arn:aws:iam::123456789012:root");
    put(key, OF_ANNA, true);
    var request = CreateKeyRequest.builder().policy(OF_ANNA).build();
    assertRefused(
        () -> harbour.call(new CreateKey(vault), request),
        "MalformedPolicyDocumentException",
        "in the future");
  }

  @Test
  void there_is_one_policy_and_it_is_called_default() {
    String key = created();
    var request = GetKeyPolicyRequest.builder().keyId(key).policyName("other").build();
    assertRefused(
        () -> harbour.ask(new GetKeyPolicy(), request),
        "NotFoundException",
        "No such policy exists");
  }

  @Test
  void what_is_decrypted_needs_the_right_on_the_key_that_it_is_under() {
    String key = created();
    String other = created();
    Map<String, String> context = Map.of("app", "shop");
    var encrypt =
        EncryptRequest.builder()
            .keyId(key)
            .plaintext(Blob.ofUtf8("x"))
            .encryptionContext(context)
            .build();
    Blob ciphertext = requireNonNull(harbour.ask(new Encrypt(cipher), encrypt).ciphertextBlob());
    String arn = "arn:aws:kms:us-east-1:123456789012:key/";
    Need decrypt =
        needs(
                "kms:Decrypt",
                DecryptRequest.builder()
                    .ciphertextBlob(ciphertext)
                    .keyId(other)
                    .encryptionContext(context)
                    .build())
            .getFirst();
    assertThat(decrypt.resource()).isEqualTo(arn + key);
    assertThat(decrypt.policyDecides()).isTrue();
    assertThat(decrypt.keys()).containsEntry("kms:encryptioncontext:app", List.of("shop"));
    assertThat(
            needs(
                "kms:ReEncrypt",
                ReEncryptRequest.builder()
                    .ciphertextBlob(ciphertext)
                    .destinationKeyId(other)
                    .build()))
        .extracting(need -> need.action() + ' ' + need.resource())
        .containsExactly("kms:ReEncryptFrom " + arn + key, "kms:ReEncryptTo " + arn + other);
  }
}
