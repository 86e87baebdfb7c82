package dev.longshore.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.ServedExample.Draft;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ecs.Ecs;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever a caller sends to any operation: a status of 500 is never the answer. */
class BadInputTest {
  private static final List<String> VALUES =
      List.of(
          "null",
          "true",
          "0",
          "-1",
          "99999999999999999999",
          "1e999",
          "0.5",
          "\"\"",
          "\"x\"",
          "\"" + "x".repeat(300) + "\"",
          "[]",
          "[null]",
          "[{}]",
          "[[\"x\"]]",
          "{}",
          "{\"x\":\"x\"}",
          "{\"x\":null}",
          "\"\\ud800\"",
          "\"\\u0000\"");

  private ServedExample served;

  @BeforeEach
  void start() throws IOException {
    served =
        new ServedExample(
            (operation, input, caller) ->
                CompletableFuture.completedFuture(operation.output().builder().build()),
            Authentication.off(Caller.root("123456789012")),
            Version.HTTP_1_1);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  @Test
  void every_member_of_every_operation_may_hold_nonsense() throws Exception {
    int refused = 0;
    for (OperationModel operation : Ecs.MODEL.operations().values()) {
      for (Member member : operation.input().members()) {
        for (String value : VALUES) {
          String body = "{\"" + member.name() + "\":" + value + "}";
          var answer = served.send(served.draft(operation.name(), body));
          assertThat(answer.statusCode()).as("%s %s", operation, body).isIn(200, 400);
          if (answer.statusCode() == 400) {
            refused++;
            assertThat(answer.body())
                .as("%s %s", operation, body)
                .containsPattern(
                    "\\{\"__type\":\"(SerializationException|InvalidParameterException"
                        + "|ClientException|UnsupportedFeatureException)\"");
          }
        }
      }
    }
    assertThat(refused).isGreaterThan(1000);
  }

  @Test
  void every_required_member_that_is_missing_is_named() throws Exception {
    for (OperationModel operation : Ecs.MODEL.operations().values()) {
      var answer = served.send(served.draft(operation.name(), "{}"));
      for (Member member : operation.input().members()) {
        if (member.isRequired() && !operation.name().equals("CreateDaemon")) {
          assertThat(answer.statusCode()).as("%s", operation).isEqualTo(400);
          assertThat(answer.body())
              .contains("InvalidParameterException")
              .contains("Value null at '" + member.name() + "' failed to satisfy constraint");
        }
      }
    }
  }

  @Test
  void ten_thousand_mutated_requests_are_never_answered_with_500() throws Exception {
    var random = new Random(12);
    var operations = List.copyOf(Ecs.MODEL.operations().values());
    for (int i = 0; i < 10_000; i++) {
      OperationModel operation = operations.get(random.nextInt(operations.size()));
      Draft draft = served.draft(operation.name(), body(operation, random));
      draft =
          random.nextInt(3) > 0 ? draft.withBody(mutated(draft.body().toBytes(), random)) : draft;
      if (random.nextInt(4) == 0) {
        String target =
            new String(
                mutated((ServedExample.TARGET + operation).getBytes(UTF_8), random), ISO_8859_1);
        draft = draft.with("x-amz-target", printable(target));
      }
      if (random.nextInt(4) == 0) {
        draft =
            draft.with(
                "content-encoding", List.of("gzip", "identity", "br", "").get(random.nextInt(4)));
      }
      var answer = served.send(draft);
      assertThat(answer.statusCode()).as("case %d: %s", i, answer.body()).isIn(200, 400, 413, 415);
      assertThat(answer.body()).doesNotContain("dev.longshore", "Exception: ", "\tat ");
    }
  }

  private static String body(OperationModel operation, Random random) {
    var body = new StringBuilder("{");
    for (Member member : operation.input().members()) {
      if (random.nextBoolean()) {
        body.append(body.length() > 1 ? "," : "").append('"').append(member.name()).append("\":");
        body.append(VALUES.get(random.nextInt(VALUES.size())));
      }
    }
    return body.append('}').toString();
  }

  private static byte[] mutated(byte[] octets, Random random) {
    byte[] changed = octets.clone();
    for (int i = random.nextInt(5); i >= 0 && changed.length > 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return changed;
  }

  /** The JDK's client sends no others in a header. */
  private static String printable(String text) {
    return text.replaceAll("[^!-~]", "?");
  }
}
