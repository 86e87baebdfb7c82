package dev.longshore.core.key;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.OpenVault;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.policy.Inquiry;
import dev.longshore.core.policy.Policy;
import dev.longshore.core.policy.PolicyKind;
import dev.longshore.core.policy.PolicyReader;
import dev.longshore.core.policy.PolicySet;
import dev.longshore.core.policy.Subject;
import dev.longshore.shapes.Blob;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.CreateGrantRequest;
import dev.longshore.shapes.kms.CreateGrantResponse;
import dev.longshore.shapes.kms.CreateKeyRequest;
import dev.longshore.shapes.kms.EncryptRequest;
import dev.longshore.shapes.kms.GrantConstraints;
import dev.longshore.shapes.kms.GrantListEntry;
import dev.longshore.shapes.kms.InvalidArnException;
import dev.longshore.shapes.kms.ListGrantsRequest;
import dev.longshore.shapes.kms.ListRetirableGrantsRequest;
import dev.longshore.shapes.kms.NotFoundException;
import dev.longshore.shapes.kms.RetireGrantRequest;
import dev.longshore.shapes.kms.RevokeGrantRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Grants on a key, as the door decides by them for callers without any policies. */
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class GrantsTest {
  private static final String ANNA = "arn:aws:iam::123456789012:user/anna";
  private static final String BEN = "arn:aws:iam::123456789012:user/ben";

  private final OpenVault vault = new OpenVault();
  private final Harbour harbour = new Harbour(new KeyReconciler(vault));
  private String key;

  @BeforeEach
  void create() {
    var request = CreateKeyRequest.builder().build();
    key = requireNonNull(harbour.call(new CreateKey(vault), request).keyMetadata()).keyId();
  }

  private CreateGrantRequest.Builder toAnna(String... operations) {
    return CreateGrantRequest.builder()
        .keyId(key)
        .granteePrincipal(ANNA)
        .operations(List.of(operations));
  }

  private CreateGrantResponse grant(CreateGrantRequest.Builder request) {
    return harbour.call(new CreateGrant(), request.build());
  }

  /** Whether somebody without policies may do that. */
  private boolean may(String who, String action, Shape request) {
    Context here = harbour.context();
    Context context =
        new Context(here.now(), new Caller("123456789012", who), here.place(), here.ids());
    for (Need need : new KeyNeeds().of(action, request, harbour.state(), context)) {
      Policy policy = PolicyReader.read(need.policies().getFirst(), PolicyKind.RESOURCE);
      for (String more : need.policies().subList(1, need.policies().size())) {
        policy = policy.and(PolicyReader.read(more, PolicyKind.RESOURCE));
      }
      Inquiry inquiry =
          new Inquiry(
              Subject.of("123456789012", who, null, null),
              need.action().toLowerCase(Locale.ROOT),
              need.resource(),
              name -> need.keys().get(name));
      if (!PolicySet.NONE.decide(inquiry, policy, need.policyDecides()).allowed()) {
        return false;
      }
    }
    return true;
  }

  private boolean mayEncrypt(String who, Map<String, String> pairs) {
    return may(
        who,
        "kms:Encrypt",
        EncryptRequest.builder()
            .keyId(key)
            .plaintext(Blob.of(new byte[] {1}))
            .encryptionContext(pairs)
            .build());
  }

  private List<GrantListEntry> listed() {
    var request = ListGrantsRequest.builder().keyId(key).build();
    return requireNonNull(harbour.ask(new ListGrants(), request).grants());
  }

  @Test
  void a_grant_lets_its_grantee_do_what_it_names_until_it_is_revoked() {
    assertThat(mayEncrypt(ANNA, Map.of())).isFalse();
    String id = requireNonNull(grant(toAnna("Encrypt")).grantId());
    assertThat(mayEncrypt(ANNA, Map.of())).isTrue();
    assertThat(mayEncrypt(BEN, Map.of())).isFalse();
    assertThat(
            may(
                ANNA,
                "kms:Decrypt",
                EncryptRequest.builder().keyId(key).plaintext(Blob.EMPTY).build()))
        .isFalse();
    var revoke = RevokeGrantRequest.builder().keyId(key).grantId(id).build();
    harbour.call(new RevokeGrant(), revoke);
    assertThat(mayEncrypt(ANNA, Map.of())).isFalse();
    assertThatThrownBy(() -> harbour.call(new RevokeGrant(), revoke))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("Grant ID " + id + " not found");
  }

  @Test
  void constraints_are_pairs_that_an_encryption_context_must_have_or_all_it_may_have() {
    String odd = "${aws:username}\"*";
    grant(
        toAnna("Encrypt")
            .constraints(
                GrantConstraints.builder().encryptionContextSubset(Map.of("app", odd)).build()));
    assertThat(mayEncrypt(ANNA, Map.of())).isFalse();
    assertThat(mayEncrypt(ANNA, Map.of("app", "other"))).isFalse();
    assertThat(mayEncrypt(ANNA, Map.of("app", odd, "more", "b"))).isTrue();
    grant(
        toAnna("Encrypt")
            .constraints(
                GrantConstraints.builder().encryptionContextEquals(Map.of("a", "1")).build()));
    assertThat(mayEncrypt(ANNA, Map.of("a", "1"))).isTrue();
    assertThat(mayEncrypt(ANNA, Map.of("a", "1", "b", "2"))).isFalse();
  }

  @Test
  void who_may_grant_by_a_grant_gives_no_more_than_that() {
    grant(toAnna("CreateGrant", "Decrypt", "Encrypt"));
    CreateGrantRequest.Builder given =
        CreateGrantRequest.builder().keyId(key).granteePrincipal(BEN);
    assertThat(may(ANNA, "kms:CreateGrant", given.operations(List.of("Decrypt")).build())).isTrue();
    assertThat(
            may(
                ANNA,
                "kms:CreateGrant",
                given.operations(List.of("Decrypt", "GenerateDataKey")).build()))
        .isFalse();
  }

  @Test
  void a_grant_is_retired_by_whom_it_names_with_its_token() {
    String token = requireNonNull(grant(toAnna("Encrypt").retiringPrincipal(BEN)).grantToken());
    var retire = RetireGrantRequest.builder().grantToken(token).build();
    assertThat(may(ANNA, "kms:RetireGrant", retire)).isFalse();
    assertThat(may(BEN, "kms:RetireGrant", retire)).isTrue();
    var request = ListRetirableGrantsRequest.builder().retiringPrincipal(BEN).build();
    assertThat(harbour.ask(new ListRetirableGrants(), request).grants()).hasSize(1);
    harbour.call(new RetireGrant(), retire);
    assertThat(harbour.ask(new ListRetirableGrants(), request).grants()).isEmpty();
  }

  @Test
  void a_grant_with_a_name_is_made_once() {
    CreateGrantResponse first = grant(toAnna("Encrypt").name("n"));
    assertThat(grant(toAnna("Encrypt").name("n")).grantId()).isEqualTo(first.grantId());
    assertThat(grant(toAnna("Decrypt").name("n")).grantId()).isNotEqualTo(first.grantId());
    assertThat(listed()).hasSize(2);
    GrantListEntry shown = listed().getFirst();
    assertThat(shown.granteePrincipal()).isEqualTo(ANNA);
    assertThat(shown.issuingAccount()).isEqualTo("arn:aws:iam::123456789012:root");
    assertThat(shown.constraints()).isNull();
  }

  @Test
  void a_principal_that_is_none_is_refused() {
    assertThatThrownBy(() -> grant(toAnna("Encrypt").granteePrincipal("anna")))
        .isInstanceOf(InvalidArnException.class)
        .hasMessage("ARN does not refer to a valid principal: anna");
  }
}
