package dev.longshore.wire.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** The vectors that AWS published with the algorithm: key, day and service are the same in all. */
class SignatureVectorsTest {
  private static final Credentials KEY =
      Credentials.of("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
  private static final Instant DAY = Instant.parse("2015-08-30T12:36:00Z");

  @ParameterizedTest(name = "{0}")
  @CsvFileSource(resources = "vectors.csv", delimiter = '|', numLinesToSkip = 1)
  void a_published_vector_is_signed_as_published_and_verifies(
      String name, String method, String path, String query, String headers, String signature) {
    var values = new TreeMap<String, String>();
    values.put("host", "example.amazonaws.com");
    String body = "";
    for (String header : headers == null ? List.<String>of() : List.of(headers.split(";"))) {
      if (header.startsWith("!")) {
        body = header.substring(1);
      } else {
        values.put(
            header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 1));
      }
    }
    var request =
        new SignableRequest(
            method,
            new String(path.getBytes(UTF_8), ISO_8859_1),
            query == null ? "" : query,
            values::get,
            body.getBytes(UTF_8));

    var added = new Signer(KEY, "us-east-1", "service").sign(request, values.keySet(), DAY);

    assertThat(added.get("authorization")).as(name).endsWith("Signature=" + signature);
    values.putAll(added);
    var verifier = new Verifier(InstantSource.fixed(DAY), (id, token) -> KEY, "us-east-1"::equals);
    assertThat(verifier.verify(request, "service")).satisfies(ObjectSignatureTest.by(KEY));
  }
}
