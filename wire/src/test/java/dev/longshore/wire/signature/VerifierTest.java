package dev.longshore.wire.signature;

import static dev.longshore.wire.signature.SignedExample.KEY;
import static dev.longshore.wire.signature.SignedExample.NOW;
import static dev.longshore.wire.signature.SignedExample.listClusters;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.signature.Verification.Reason;
import dev.longshore.wire.signature.Verification.Refused;
import dev.longshore.wire.signature.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class VerifierTest {
  private static final String MISMATCH =
      "The request signature we calculated does not match the signature you provided. Check your"
          + " AWS Secret Access Key and signing method. Consult the service documentation for"
          + " details.";

  private static void assertRefused(Verification found, Reason reason, String message) {
    assertThat(found)
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.message()).isEqualTo(message);
              assertThat(refused.reason()).isEqualTo(reason);
            });
  }

  @Test
  void a_request_that_our_own_signer_signed_verifies() {
    assertThat(listClusters().verified()).satisfies(ObjectSignatureTest.by(KEY));
  }

  @Test
  void a_request_without_any_signature_misses_its_authentication() {
    assertRefused(
        listClusters().without("authorization").verified(),
        Reason.MISSING_AUTHENTICATION,
        "Missing Authentication Token");
  }

  @Test
  void every_missing_part_of_the_header_is_named() {
    var bare =
        listClusters().authorization(a -> "AWS4-HMAC-SHA256").without("x-amz-date").verified();
    assertRefused(
        bare,
        Reason.INCOMPLETE_SIGNATURE,
        "Authorization header requires 'Credential' parameter. Authorization header requires"
            + " 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter."
            + " Authorization header requires existence of either a 'X-Amz-Date' or a 'Date'"
            + " header. Authorization=AWS4-HMAC-SHA256");
    var unsigned =
        listClusters().authorization(a -> a.substring(0, a.indexOf(", Signature="))).verified();
    assertThat(((Refused) unsigned).message())
        .startsWith("Authorization header requires 'Signature' parameter. Authorization=AWS4-");
  }

  @Test
  void another_scheme_is_no_signature() {
    assertRefused(
        listClusters().authorization(a -> "Bearer token").verified(),
        Reason.INCOMPLETE_SIGNATURE,
        "'token' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer"
            + " token'.");
    assertRefused(
        listClusters().authorization(a -> a.replace("HMAC", "ECDSA-P256")).verified(),
        Reason.INCOMPLETE_SIGNATURE,
        "Unsupported AWS 'algorithm': 'AWS4-ECDSA-P256-SHA256'.");
  }

  @Test
  void a_credential_has_five_parts() {
    assertRefused(
        listClusters().authorization(a -> a.replace("/ecs/", "/")).verified(),
        Reason.INCOMPLETE_SIGNATURE,
        "Credential must have exactly 5 slash-delimited elements, e.g."
            + " keyid/date/region/service/term, got"
            + " 'AKIAEXAMPLE000000001/20260803/eu-central-1/aws4_request'");
  }

  @Test
  void a_date_that_is_none_is_named() {
    for (String date :
        List.of("", "now", "2026-08-03T10:50:00Z", "20260230T105000Z", "20260803X105000Z")) {
      assertRefused(
          listClusters().with("x-amz-date", date).verified(),
          Reason.INCOMPLETE_SIGNATURE,
          "Date must be in ISO-8601 'basic format'. Got '"
              + date
              + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }
  }

  @Test
  void the_host_and_the_target_must_be_signed() {
    assertRefused(
        listClusters().authorization(a -> a.replace(";host;", ";")).verified(),
        Reason.INVALID_SIGNATURE,
        "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    assertRefused(
        listClusters().authorization(a -> a.replace(";x-amz-target", "")).verified(),
        Reason.INVALID_SIGNATURE,
        "'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
  }

  @Test
  void a_request_may_be_five_minutes_old_and_no_older() {
    assertThat(listClusters(KEY, NOW.minusSeconds(240)).verified()).isInstanceOf(Verified.class);
    assertThat(listClusters(KEY, NOW.minusSeconds(300)).verified()).isInstanceOf(Verified.class);
    assertRefused(
        listClusters(KEY, Instant.parse("2026-08-03T10:15:00Z")).verified(),
        Reason.INVALID_SIGNATURE,
        "Signature expired: 20260803T101500Z is now earlier than 20260803T104500Z"
            + " (20260803T105000Z - 5 min.)");
    assertThat(listClusters(KEY, NOW.minusSeconds(301)).verified()).isInstanceOf(Refused.class);
  }

  @Test
  void a_request_may_be_five_minutes_ahead_and_no_further() {
    assertThat(listClusters(KEY, NOW.plusSeconds(300)).verified()).isInstanceOf(Verified.class);
    assertRefused(
        listClusters(KEY, NOW.plusSeconds(360)).verified(),
        Reason.INVALID_SIGNATURE,
        "Signature not yet current: 20260803T105600Z is still later than 20260803T105500Z"
            + " (20260803T105000Z + 5 min.)");
  }

  @Test
  void every_wrong_part_of_the_scope_is_named() {
    var wrong =
        listClusters()
            .authorization(a ->
                a.replace("/20260803/eu-central-1/ecs/aws4_request", "/20260802/mars/ec2/aws5"));
    assertRefused(
        wrong.verified(),
        Reason.INVALID_SIGNATURE,
        "Credential should be scoped to a valid region, not 'mars'. Credential should be scoped to"
            + " correct service: 'ecs'. Credential should be scoped with a valid terminator:"
            + " 'aws4_request', not 'aws5'. Date in Credential scope does not match YYYYMMDD from"
            + " ISO-8601 version of date from HTTP: '20260802' != '20260803', from"
            + " '20260803T105000Z'.");
    var ec2 = listClusters().without("authorization").signed(KEY, NOW, "ec2");
    assertRefused(
        ec2.verified(),
        Reason.INVALID_SIGNATURE,
        "Credential should be scoped to correct service: 'ecs'.");
  }

  @Test
  void an_unknown_key_is_an_invalid_token() {
    assertRefused(
        listClusters().verified(NOW, List.of()),
        Reason.INVALID_TOKEN,
        "The security token included in the request is invalid.");
  }

  @Test
  void temporary_credentials_need_their_token_and_end() {
    var key = new Credentials("ASIAEXAMPLE000000001", "secret", "to+k/en==", NOW.plusSeconds(60));
    var signed = listClusters(key, NOW);
    assertThat(signed.verified(NOW, List.of(key))).satisfies(ObjectSignatureTest.by(key));
    var invalid = "The security token included in the request is invalid.";
    assertRefused(
        signed.without("x-amz-security-token").verified(NOW, List.of(key)),
        Reason.INVALID_TOKEN,
        invalid);
    assertRefused(
        signed.with("x-amz-security-token", "other").verified(NOW, List.of(key)),
        Reason.INVALID_TOKEN,
        invalid);
    assertRefused(
        listClusters().with("x-amz-security-token", "stray").verified(),
        Reason.INVALID_TOKEN,
        invalid);
    assertRefused(
        signed.verified(NOW.plusSeconds(60), List.of(key)),
        Reason.EXPIRED_TOKEN,
        "The security token included in the request is expired");
  }

  @Test
  void a_wrong_secret_or_a_changed_body_is_told_what_should_have_been_signed() {
    var other = Credentials.of(KEY.accessKeyId(), "another");
    for (var found :
        List.of(listClusters(other, NOW).verified(), listClusters().withBody("{}").verified())) {
      assertRefused(found, Reason.INVALID_SIGNATURE, MISMATCH);
      assertThat(((Refused) found).detail())
          .startsWith(
              "\n\nThe Canonical String for this request should have been\n'POST\n/\n\ncontent")
          .contains(
              "'\n\nThe String-to-Sign should have been\n'AWS4-HMAC-SHA256\n20260803T105000Z\n")
          .endsWith("'\n");
    }
  }

  @Test
  void an_unsigned_payload_is_taken_and_one_of_an_unknown_form_is_refused_by_name() {
    var headers = new TreeMap<>(listClusters().headers());
    headers.remove("authorization");
    headers.put("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    var unsigned = new SignedExample("POST", "/", "", headers, "{}").signed(KEY, NOW, "ecs");
    assertThat(unsigned.withBody("other").verified()).isInstanceOf(Verified.class);
    assertRefused(
        unsigned
            .with("x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")
            .verified(),
        Reason.INCOMPLETE_SIGNATURE,
        "Unsupported 'X-Amz-Content-Sha256': 'STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD'.");
  }

  @Test
  void a_claimed_payload_hash_does_not_stand_in_for_the_body() {
    var headers = new TreeMap<>(listClusters().headers());
    headers.remove("authorization");
    headers.put("x-amz-content-sha256", Sha256.hex("{}".getBytes(UTF_8)));
    var signed = new SignedExample("POST", "/", "", headers, "{}").signed(KEY, NOW, "ecs");
    assertThat(signed.verified()).isInstanceOf(Verified.class);
    assertRefused(signed.withBody("{ }").verified(), Reason.INVALID_SIGNATURE, MISMATCH);
  }

  @Test
  void a_query_in_gos_form_encoding_means_the_same_as_in_ours() {
    var headers = new TreeMap<String, String>();
    headers.put("host", "127.0.0.1:4566");
    var rfc = "dockerVersion=DockerVersion%3A%2020.10.24%2Bdfsg1&agentHash=13d0cb7d&seqNum=";
    var go = "agentHash=13d0cb7d&dockerVersion=DockerVersion:+20.10.24%2bdfsg1&seqNum";
    var signed = new SignedExample("GET", "/acs/ws", rfc, headers, "").signed(KEY, NOW, "ecs");
    var sent = new SignedExample("GET", "/acs/ws", go, signed.headers(), "");
    assertThat(sent.verified()).isInstanceOf(Verified.class);
    var plus = new SignedExample("GET", "/acs/ws", rfc.replace("%2B", "+"), signed.headers(), "");
    assertRefused(plus.verified(), Reason.INVALID_SIGNATURE, MISMATCH);
  }

  @Test
  void a_presigned_request_verifies_until_it_expires() {
    var key = new Credentials("ASIAEXAMPLE000000001", "secret", "to+k/en==", null);
    var bare =
        new SignedExample(
            "GET",
            "/",
            "Action=GetCallerIdentity&Version=2011-06-15",
            new TreeMap<>(Map.of("host", "sts.local")),
            "");
    var query =
        new Signer(key, "eu-central-1", "ecs")
            .presign(bare.request(), List.of("host"), NOW, Duration.ofSeconds(60));
    var signed = new SignedExample("GET", "/", query, bare.headers(), "");
    assertThat(signed.verified(NOW.plusSeconds(60), List.of(key)))
        .satisfies(ObjectSignatureTest.by(key));
    assertRefused(
        signed.verified(NOW.plusSeconds(61), List.of(key)),
        Reason.REQUEST_EXPIRED,
        "Request has expired.");
    assertThat(signed.verified(NOW.minusSeconds(301), List.of(key))).isInstanceOf(Refused.class);
    for (String changed :
        List.of(
            query.replace("GetCallerIdentity", "GetSessionToken"),
            query.replace("Expires=60", "Expires=61"),
            query + "&X-Amz-Signature=0",
            query + "&a=")) {
      assertThat(
              new SignedExample("GET", "/", changed, bare.headers(), "")
                  .verified(NOW, List.of(key)))
          .as(changed)
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void a_presigned_request_with_bad_parameters_is_told_which() {
    var headers = Map.of("host", "sts.local");
    var whole =
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=a/b/c/d/e&X-Amz-Signature=0"
            + "&X-Amz-SignedHeaders=host&X-Amz-Date=20260803T105000Z&X-Amz-Expires=";
    assertRefused(
        new SignedExample(
                "GET", "/", "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=0", headers, "")
            .verified(),
        Reason.INCOMPLETE_SIGNATURE,
        "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string parameters"
            + " must include 'X-Amz-SignedHeaders'. AWS query-string parameters must include"
            + " 'X-Amz-Date'. AWS query-string parameters must include 'X-Amz-Expires'. Re-examine"
            + " the query-string parameters.");
    for (String expires : List.of("", "-1", "1h", "0", "604801", "99999999999999999999")) {
      var found = new SignedExample("GET", "/", whole + expires, headers, "").verified();
      assertThat(((Refused) found).message()).as(expires).startsWith("X-Amz-Expires must be ");
    }
  }
}
