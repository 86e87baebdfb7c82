package dev.longshore.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.wire.json.Json;
import java.lang.management.ManagementFactory;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expressions that are meant to hurt, sent to every action that takes one: each is answered or the
 * caller's fault, and none costs more than a little memory.
 */
@TestInstance(Lifecycle.PER_CLASS)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileExpressionsTest {
  private static final long MOST_BYTES = 16L << 20;
  private static final List<String> PIECES =
      List.of(
          "(",
          ")",
          "[",
          "]",
          ",",
          "'",
          "\"",
          "!",
          "not ",
          " and ",
          " or ",
          "&&",
          "||",
          "==",
          "!=",
          "=~",
          "!~",
          "<",
          ">=",
          " in ",
          " exists",
          "attribute:",
          "attribute:a",
          "task:group",
          "agentVersion",
          "registeredAt",
          "runningTasksCount",
          "ec2InstanceId",
          "1.2.3",
          "x{999}",
          ".*",
          "(a+)+",
          "\\",
          "\u0000",
          "\ud800",
          "\u00fc",
          "\ud83d\ude00",
          " ",
          "\t",
          "prod");

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private ControlPlane controlPlane;
  private HttpClient client;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0).withAuthentication(false).withSimulatedInstances(3),
            halt -> {
              throw new AssertionError(halt);
            });
    controlPlane.when(state -> state.count(ContainerInstance.KIND) == 3).get(30, TimeUnit.SECONDS);
    client = HttpClient.newHttpClient();
    assertThat(call("RegisterTaskDefinition", definition("app", "")).statusCode()).isEqualTo(200);
  }

  @AfterAll
  void stop() {
    client.close();
    controlPlane.close();
  }

  private static String definition(String family, String more) {
    return "{\"family\":\""
        + family
        + "\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"any\",\"memory\":8}]"
        + more
        + '}';
  }

  private HttpResponse<String> call(String operation, String body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(controlPlane.endpoint().resolve("/"))
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", "AmazonEC2ContainerServiceV20141113." + operation)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body.getBytes(UTF_8)))
            .build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }

  /** Sends the expression wherever one may stand. */
  private void send(String expression, boolean isFault) throws Exception {
    String text = Json.of(expression).write();
    String constraints =
        ",\"placementConstraints\":[{\"type\":\"memberOf\",\"expression\":" + text + "}]";
    check("ListContainerInstances", "{\"filter\":" + text + '}', expression, isFault);
    check("RunTask", "{\"taskDefinition\":\"app\"" + constraints + '}', expression, isFault);
    check(
        "CreateService",
        "{\"serviceName\":\"s\",\"taskDefinition\":\"app\",\"desiredCount\":0" + constraints + '}',
        expression,
        isFault);
    check("RegisterTaskDefinition", definition("other", constraints), expression, isFault);
  }

  private void check(String operation, String body, String expression, boolean isFault)
      throws Exception {
    long before = threads.getTotalThreadAllocatedBytes();
    HttpResponse<String> answer = call(operation, body);
    long allocated = threads.getTotalThreadAllocatedBytes() - before;
    assertThat(answer.statusCode()).as("%s: %s", operation, expression).isIn(200, 400);
    if (isFault) {
      assertThat(answer.statusCode()).as("%s: %s", operation, expression).isEqualTo(400);
    }
    if (answer.statusCode() == 400) {
      assertThat(answer.body())
          .as("%s: %s", operation, expression)
          .containsPattern("\"(InvalidParameterException|ClientException)\"");
    }
    assertThat(allocated).as("%s: %s", operation, expression).isLessThan(MOST_BYTES);
  }

  @Test
  void what_is_deep_long_or_large_is_the_callers_fault_everywhere() throws Exception {
    String inner = "attribute:a exists";
    for (String expression :
        List.of(
            "(".repeat(2_000),
            "(".repeat(900) + inner + ")".repeat(900),
            "!".repeat(1_900) + inner,
            "not ".repeat(450) + inner,
            "x".repeat(2_000),
            "x".repeat(2_001),
            "attribute:a == " + "b".repeat(1_986),
            "y".repeat(1 << 20),
            "attribute:a =~ '((((x{1000}){1000}){1000}){1000}){1000}'",
            "attribute:a =~ '" + "(".repeat(900) + "a" + ")".repeat(900) + "'",
            "attribute:a =~ *",
            "attribute:a in [" + "b,".repeat(900),
            "'".repeat(2_000),
            "attribute:a == \u0000 and")) {
      send(expression, true);
    }
  }

  @Test
  void what_is_long_or_slow_elsewhere_but_well_formed_is_answered() throws Exception {
    List<String> expressions = new ArrayList<>();
    expressions.add("attribute:a == " + "b".repeat(1_985));
    expressions.add("attribute:a exists" + " or attribute:a exists".repeat(90));
    expressions.add("(".repeat(100) + "attribute:a exists" + ")".repeat(100));
    expressions.add("attribute:a in [" + "b,".repeat(900) + "b]");
    for (String pattern : List.of("(a|aa)+b", "(a*)*b", "(.*)*(.*)*(.*)*x", "(a?){90}b")) {
      expressions.add("attribute:ecs.instance-type =~ '" + pattern + "'");
    }
    for (String expression : expressions) {
      send(expression, false);
      assertThat(call("ListContainerInstances", filter(expression)).statusCode())
          .as(expression)
          .isEqualTo(200);
    }
  }

  private static String filter(String expression) {
    return "{\"filter\":" + Json.of(expression).write() + '}';
  }

  @Test
  void garbage_of_the_languages_own_pieces_is_answered_or_the_callers_fault() throws Exception {
    Random random = new Random(3);
    for (int at = 0; at < 500; at++) {
      StringBuilder garbage = new StringBuilder();
      for (int left = random.nextInt(1, 120); left > 0; left--) {
        garbage.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      send(garbage.toString(), false);
    }
  }
}
