package dev.longshore.wire.signature;

import static dev.longshore.wire.signature.SignedExample.KEY;
import static dev.longshore.wire.signature.SignedExample.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.signature.Verification.Refused;
import dev.longshore.wire.signature.Verification.Verified;
import java.util.ArrayList;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SignatureMutationTest {
  private static final int CASES = 100_000;
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:@!$'()*;=%&?#"
          + "\"{}[]\\|<>^`"
          + "\u0000\u0001\n\r\u007f\u0080\u00e9\u00ff";

  @Test
  void no_changed_request_is_accepted_and_none_makes_the_verifier_throw() {
    var random = new Random(20260803);
    for (int i = 0; i < CASES; i++) {
      SignedExample signed = example(random);
      assertThat(signed.verified()).as("unchanged %s", signed).isInstanceOf(Verified.class);
      SignedExample changed = changed(signed, random);
      assertThat(changed.verified())
          .as("%s became %s", signed, changed)
          .isInstanceOf(Refused.class);
    }
  }

  @Test
  void garbage_in_the_signature_parameters_is_refused_without_a_throw() {
    var random = new Random(7);
    SignedExample signed = SignedExample.listClusters();
    for (int i = 0; i < CASES; i++) {
      String header = signed.headers().getOrDefault("authorization", "");
      for (int j = random.nextInt(6); j >= 0; j--) {
        header = edited(header, random);
      }
      // A blank, a comma or an unknown parameter more means the same; only a lie must be refused.
      Verification found = signed.with("authorization", header).verified();
      if (found instanceof Verified) {
        assertThat(header.replaceAll("[ ,]", "")).contains(essence(signed));
      }
      var query = new StringBuilder("X-Amz-Signature=0&X-Amz-Algorithm=AWS4-HMAC-SHA256");
      for (String name : new String[] {"Credential", "Date", "Expires", "SignedHeaders"}) {
        query.append("&X-Amz-").append(name).append('=').append(edited("a/b/c/d/e", random));
      }
      var presigned =
          new SignedExample("GET", "/", edited(query.toString(), random), Map.of("host", "h"), "");
      assertThat(presigned.verified()).isInstanceOf(Refused.class);
    }
  }

  private static String essence(SignedExample signed) {
    String header = signed.headers().getOrDefault("authorization", "");
    return header.substring(header.indexOf("Signature="));
  }

  private static SignedExample example(Random random) {
    var headers = new TreeMap<String, String>();
    headers.put("host", word(random) + ":4566");
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerServiceV20141113." + word(random));
    String path = random.nextBoolean() ? "/" : "/" + word(random) + "/" + word(random);
    var query = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      query
          .append(query.isEmpty() ? "" : "&")
          .append(word(random))
          .append('=')
          .append(word(random));
    }
    return new SignedExample("POST", path, query.toString(), headers, word(random))
        .signed(KEY, NOW.plusSeconds(random.nextInt(500) - 250), "ecs");
  }

  private static SignedExample changed(SignedExample from, Random random) {
    return switch (random.nextInt(6)) {
      case 0 ->
          new SignedExample(
              edited(from.method(), random),
              from.path(),
              from.query(),
              from.headers(),
              from.body());
      case 1 ->
          new SignedExample(
              from.method(),
              from.path() + "/" + word(random),
              from.query(),
              from.headers(),
              from.body());
      case 2 ->
          new SignedExample(
              from.method(),
              from.path(),
              otherQuery(from.query(), random),
              from.headers(),
              from.body());
      case 3 -> header(from, random);
      case 4 -> from.withBody(edited(from.body(), random));
      default ->
          from.with(
              "x-amz-date", BasicTime.format(NOW.plusSeconds(251 + random.nextInt(1_000_000))));
    };
  }

  private static String otherQuery(String query, Random random) {
    return query.isEmpty() || random.nextBoolean()
        ? query + (query.isEmpty() ? "" : "&") + word(random) + "=" + word(random)
        : query.substring(0, query.length() - 1) + (query.endsWith("0") ? "1" : "0");
  }

  private static SignedExample header(SignedExample from, Random random) {
    var names = new ArrayList<>(from.headers().keySet());
    names.remove("authorization");
    String name = names.get(random.nextInt(names.size()));
    String value = from.headers().getOrDefault(name, "");
    return random.nextInt(4) == 0 ? from.without(name) : from.with(name, edited(value, random));
  }

  /** The text with one character replaced, inserted or dropped: never the same text. */
  private static String edited(String text, Random random) {
    char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
    int at = random.nextInt(text.length() + 1);
    if (at == text.length()) {
      return text + c;
    }
    return switch (random.nextInt(3)) {
      case 0 -> text.substring(0, at) + c + text.substring(at);
      case 1 -> text.substring(0, at) + text.substring(at + 1);
      default -> text.substring(0, at) + (text.charAt(at) == c ? "?!" : c) + text.substring(at + 1);
    };
  }

  private static String word(Random random) {
    var word = new StringBuilder();
    for (int i = 1 + random.nextInt(12); i > 0; i--) {
      word.append((char) ('a' + random.nextInt(26)));
    }
    return word.toString();
  }
}
