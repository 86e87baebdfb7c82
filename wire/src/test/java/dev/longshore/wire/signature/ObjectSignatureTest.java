package dev.longshore.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.signature.Verification.Refused;
import dev.longshore.wire.signature.Verification.Verified;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The rules of S3, by the examples of its documentation. */
class ObjectSignatureTest {
  static final Credentials KEY =
      Credentials.of("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");
  static final Instant DAY = Instant.parse("2013-05-24T00:00:00Z");
  private static final String HOST = "examplebucket.s3.amazonaws.com";
  private static final Signer SIGNER = new Signer(KEY, "us-east-1", "s3");

  static Verification verified(SignableRequest request, Instant now) {
    return new Verifier(InstantSource.fixed(now), (id, token) -> KEY, "us-east-1"::equals)
        .verify(request, "s3");
  }

  /** Verified, with these keys. */
  static Consumer<Verification> by(Credentials keys) {
    return found ->
        assertThat(found)
            .isInstanceOfSatisfying(
                Verified.class, verified -> assertThat(verified.credentials()).isEqualTo(keys));
  }

  private static SignableRequest get(String path, String query, Map<String, String> headers) {
    return new SignableRequest("GET", path, query, headers::get, headers.keySet(), new byte[0]);
  }

  private static Map<String, String> headers(String... more) {
    Map<String, String> headers = new TreeMap<>();
    headers.put("host", HOST);
    headers.put("x-amz-content-sha256", Sha256.hex(new byte[0]));
    for (int at = 0; at < more.length; at += 2) {
      headers.put(more[at], more[at + 1]);
    }
    return headers;
  }

  @Test
  void a_read_is_signed_as_published() {
    Map<String, String> headers = headers("range", "bytes=0-9");
    SignableRequest request = get("/test.txt", "", headers);
    headers.putAll(SIGNER.sign(request, List.copyOf(headers.keySet()), DAY));
    assertThat(headers.get("authorization"))
        .endsWith("=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    assertThat(verified(request, DAY)).satisfies(by(KEY));
  }

  @Test
  void a_presigned_read_is_signed_as_published_and_leaves_the_body_open() {
    Map<String, String> headers = Map.of("host", HOST);
    String query =
        SIGNER.presign(get("/test.txt", "", headers), List.of("host"), DAY, Duration.ofDays(1));
    assertThat(query).endsWith("=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404");
    SignableRequest request =
        new SignableRequest("GET", "/test.txt", query, headers::get, "any".getBytes(UTF_8));
    assertThat(verified(request, DAY)).satisfies(by(KEY));
  }

  @Test
  void a_path_names_its_object_letter_by_letter() {
    for (String path : List.of("/a//b", "/a/../b", "/./a", "/a%20b", "/a%2Bb~c", "/%C3%A9")) {
      Map<String, String> headers = headers();
      SignableRequest request = get(path, "", headers);
      headers.putAll(SIGNER.sign(request, List.copyOf(headers.keySet()), DAY));
      assertThat(verified(request, DAY)).as(path).satisfies(by(KEY));
      assertThat(verified(get("/b", "", headers), DAY)).as(path).isInstanceOf(Refused.class);
    }
    String canonical =
        CanonicalRequest.of(
            get("/a//b+c%20d/", "", headers()), "host", false, ServiceRule.of("s3"));
    assertThat(canonical).startsWith("GET\n/a//b%2Bc%20d/\n");
  }

  @Test
  void what_is_added_to_a_signed_request_in_aws_name_is_refused() {
    Map<String, String> headers = headers("x-amz-acl", "private");
    SignableRequest request = get("/a", "", headers);
    headers.putAll(SIGNER.sign(request, List.copyOf(headers.keySet()), DAY));
    headers.put("x-amzn-trace-id", "Root=1");
    assertThat(verified(request, DAY)).isInstanceOf(Verified.class);
    headers.put("x-amz-tagging", "a=b");
    headers.put("x-amz-copy-source", "/b");
    assertThat(verified(request, DAY))
        .isEqualTo(
            new Refused(
                Verification.Reason.UNSIGNED_HEADERS,
                "There were headers present in the request which were not signed",
                "x-amz-copy-source, x-amz-tagging"));
  }

  @Test
  void and_so_it_is_beside_a_signature_in_the_query() {
    Map<String, String> headers = new TreeMap<>(Map.of("host", HOST));
    String query = SIGNER.presign(get("/a", "", headers), List.of("host"), DAY, Duration.ofDays(1));
    assertThat(verified(get("/a", query, headers), DAY)).isInstanceOf(Verified.class);
    headers.put("x-amz-meta-colour", "red");
    assertThat(verified(get("/a", query, headers), DAY))
        .isInstanceOfSatisfying(
            Refused.class, refused -> assertThat(refused.detail()).isEqualTo("x-amz-meta-colour"));
  }

  @Test
  void how_the_payload_is_covered_need_not_be_named_for_it_is_signed_by_itself() {
    Map<String, String> headers = headers("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    headers.putAll(SIGNER.sign(get("/a", "", headers), List.of("host"), DAY));
    assertThat(verified(get("/a", "", headers), DAY)).isInstanceOf(Verified.class);
    headers.put("x-amz-content-sha256", Sha256.hex(new byte[0]));
    assertThat(verified(get("/a", "", headers), DAY)).isInstanceOf(Refused.class);
  }

  @Test
  void the_clock_may_be_off_by_a_quarter_of_an_hour() {
    Map<String, String> headers = headers();
    SignableRequest request = get("/", "", headers);
    headers.putAll(SIGNER.sign(request, List.copyOf(headers.keySet()), DAY));
    assertThat(verified(request, DAY.plusSeconds(899))).isInstanceOf(Verified.class);
    assertThat(verified(request, DAY.plusSeconds(901)))
        .isEqualTo(
            new Refused(
                Verification.Reason.INVALID_SIGNATURE,
                "Signature expired: 20130524T000000Z is now earlier than 20130524T000001Z"
                    + " (20130524T001501Z - 15 min.)"));
  }

  @Test
  void a_request_must_say_how_its_payload_is_covered() {
    Map<String, String> headers = new TreeMap<>(Map.of("host", HOST));
    SignableRequest request = get("/", "", headers);
    headers.putAll(SIGNER.sign(request, List.of("host"), DAY));
    assertThat(verified(request, DAY))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.message()).contains("x-amz-content-sha256"));
  }

  @Test
  void an_unsigned_payload_is_taken_whatever_it_is() {
    Map<String, String> headers = headers("x-amz-content-sha256", "UNSIGNED-PAYLOAD");
    headers.putAll(SIGNER.sign(get("/a", "", headers), List.copyOf(headers.keySet()), DAY));
    var other = new SignableRequest("GET", "/a", "", headers::get, "other".getBytes(UTF_8));
    assertThat(verified(other, DAY)).satisfies(by(KEY));
    headers.put("x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");
    assertThat(verified(other, DAY)).isInstanceOf(Refused.class);
  }
}
