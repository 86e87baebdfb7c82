package dev.longshore.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.ecr.Ecr;
import dev.longshore.shapes.ecs.Ecs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Hostile calls to a whole control plane, every room behind its door: what a caller sends is never
 * our fault, never stops the process, and never leaves behind what cannot be read again.
 */
@Timeout(240)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class HostileCallsTest {
  private static final int CALLS = 6_000;

  /** What AWS's JSON services answer beside the errors of their models. */
  private static final Set<String> COMMON =
      Set.of(
          "SerializationException",
          "InvalidParameterException",
          "ClientException",
          "UnsupportedFeatureException",
          "AccessDeniedException");

  /** Called rarely, or soon nothing is left to be called for. */
  private static final Set<String> EMPTYING =
      Set.of(
          "DeleteCluster",
          "DeleteService",
          "DeregisterContainerInstance",
          "DeregisterTaskDefinition",
          "UpdateContainerInstancesState");

  @TempDir private Path directory;
  private ControlPlane controlPlane;
  private HttpClient client;
  private final BlockingQueue<Throwable> halts = new LinkedBlockingQueue<>();

  @BeforeEach
  void start() throws IOException {
    client = HttpClient.newBuilder().version(Version.HTTP_1_1).build();
    open();
  }

  private void open() throws IOException {
    controlPlane =
        ControlPlane.start(
            ControlPlaneSettings.local(directory, 0)
                .withAuthentication(false)
                .withSimulatedInstances(3),
            halts::add);
  }

  @AfterEach
  void stop() {
    client.close();
    controlPlane.close();
  }

  private HttpResponse<String> call(String target, byte[] body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(controlPlane.endpoint() + "/"))
            .header("content-type", "application/x-amz-json-1.1")
            .header("x-amz-target", target)
            .POST(BodyPublishers.ofByteArray(body));
    return client.send(request.build(), BodyHandlers.ofString());
  }

  private String ok(String operation, String body) throws IOException, InterruptedException {
    var answer = call(Ecs.MODEL.targetPrefix() + '.' + operation, body.getBytes(UTF_8));
    assertThat(answer.statusCode()).as("%s: %s", operation, answer.body()).isEqualTo(200);
    return answer.body();
  }

  private static String code(HttpResponse<String> answer) {
    assertThat(answer.body()).matches("(?s)\\{\"__type\":\"[A-Za-z]+\".*}");
    return answer.body().replaceFirst("(?s)\\{\"__type\":\"([A-Za-z]+)\".*", "$1");
  }

  private void check(OperationModel operation, String sent, HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as("%s %s: %s", operation, sent, answer.body()).isIn(200, 400);
    if (answer.statusCode() == 400) {
      Set<String> codes = new TreeSet<>(COMMON);
      for (Structure error : operation.errors()) {
        codes.add(error.name());
      }
      assertThat(code(answer)).as("%s %s: %s", operation, sent, answer.body()).isIn(codes);
      assertThat(answer.body()).doesNotContain("dev.longshore", "java.lang", "\tat ");
    }
  }

  private void prepare() throws IOException, InterruptedException {
    for (String family : List.of("web", "app")) {
      ok(
          "RegisterTaskDefinition",
          "{\"family\":\""
              + family
              + "\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"busybox\","
              + "\"memory\":64}]}");
    }
    ok("CreateService", "{\"serviceName\":\"shop\",\"taskDefinition\":\"web\",\"desiredCount\":2}");
  }

  @Test
  void thousands_of_requests_by_chance_are_answered_by_the_rules_of_the_model() throws Exception {
    prepare();
    var any = new AnyRequest(2);
    var random = new Random(2);
    var done = new TreeMap<String, Integer>();
    for (int i = 0; i < CALLS; i++) {
      ServiceModel model = i % 6 == 0 ? Ecr.MODEL : Ecs.MODEL;
      var operations = List.copyOf(model.operations().values());
      OperationModel operation = operations.get(random.nextInt(operations.size()));
      if (EMPTYING.contains(operation.name()) && random.nextInt(20) > 0) {
        continue;
      }
      String body = any.body(operation.input());
      var answer = call(model.targetPrefix() + '.' + operation.name(), body.getBytes(UTF_8));
      check(operation, "call " + i + " " + body, answer);
      assertThat(halts).as("%s %s", operation, body).isEmpty();
      if (answer.statusCode() == 200) {
        any.learn(answer.body());
        done.merge(operation.name(), 1, Integer::sum);
      }
    }
    assertThat(done.keySet())
        .as("operations that some request by chance came through")
        .contains("RegisterTaskDefinition", "RunTask", "CreateService", "StopTask", "TagResource");
    whatIsKeptIsReadAgain();
  }

  private void whatIsKeptIsReadAgain() throws IOException, InterruptedException {
    var before = listings();
    controlPlane.close();
    open();
    assertThat(listings()).isEqualTo(before);
    assertThat(halts).isEmpty();
  }

  private List<String> listings() throws IOException, InterruptedException {
    var listings = new ArrayList<String>();
    for (String operation :
        List.of("ListClusters", "ListTaskDefinitions", "ListServices", "ListAccountSettings")) {
      listings.add(ok(operation, "{}"));
    }
    return listings;
  }

  @Test
  void half_a_character_is_kept_as_well_as_any_other_text_or_refused() throws Exception {
    String halves = "a\\ud800b \\udfff \\ud83d\\ude00";
    String body =
        "{\"family\":\"half\",\"containerDefinitions\":[{\"name\":\"app\",\"image\":\"i\","
            + "\"memory\":64,\"command\":[\""
            + halves
            + "\"],\"dockerLabels\":{\""
            + halves
            + "\":\""
            + halves
            + "\"},\"environment\":[{\"name\":\"A\",\"value\":\""
            + halves
            + "\"}]}]}";
    OperationModel register = Objects.requireNonNull(Ecs.MODEL.operation("RegisterTaskDefinition"));
    check(register, body, call(Ecs.MODEL.targetPrefix() + "." + register, body.getBytes(UTF_8)));
    OperationModel run = Objects.requireNonNull(Ecs.MODEL.operation("RunTask"));
    String task = "{\"taskDefinition\":\"half\",\"referenceId\":\"" + halves + "\"}";
    check(run, task, call(Ecs.MODEL.targetPrefix() + "." + run, task.getBytes(UTF_8)));
    whatIsKeptIsReadAgain();
  }

  @Test
  void texts_that_parsers_stumble_over_are_serialization_faults_or_harmless() throws Exception {
    var bodies = new ArrayList<byte[]>();
    for (String text :
        List.of(
            "[".repeat(1_000_000),
            "{\"tags\":".repeat(200_000),
            "{\"clusterName\":" + "[".repeat(500_000),
            "{\"x\":" + "{\"x\":".repeat(5_000) + "1" + "}".repeat(5_001),
            "{\"x\":" + "[".repeat(900) + "]".repeat(900) + "}",
            "{\"x\":" + "9".repeat(3_000_000) + "}",
            "{\"x\":1e" + "9".repeat(10_000) + "}",
            "{\"x\":-" + "0".repeat(100) + "}",
            "{\"clusterName\":NaN}",
            "{\"clusterName\":Infinity}",
            "{\"clusterName\":01}",
            "{\"clusterName\":+1}",
            "{\"clusterName\":.5}",
            "{\"clusterName\":'a'}",
            "{clusterName:\"a\"}",
            "{\"clusterName\":\"a\",}",
            "{\"clusterName\":\"a\"/*c*/}",
            "{\"clusterName\":\"a\"}{}",
            "{\"clusterName\":\"\\x41\"}",
            "{\"clusterName\":\"\\u12\"}",
            "{\"clusterName\":\"\\ud800\"}",
            "{\"clusterName\":\"\\udc00\\ud800\"}",
            "{\"clusterName\":\"a\nb\"}",
            "{\"clusterName\":\"\u0000\"}",
            "{\"clusterName\":\"" + "a".repeat(3_000_000) + "\"}",
            "{\"tags\":[" + "{},".repeat(300_000) + "{}]}",
            "{\"tags\":[" + "{\"key\":\"a\"},".repeat(100_000) + "{}]}",
            "{" + "\"clusterName\":1,".repeat(100_000) + "\"clusterName\":null}",
            "\ufeff{}",
            " \t\r\n{ } \n")) {
      bodies.add(text.getBytes(UTF_8));
    }
    for (String octets :
        List.of(
            "\u00ff\u00fe{\u0000}\u0000",
            "{\"clusterName\":\"\u00c3(\"}",
            "{\"clusterName\":\"\u00c0\u00af\"}",
            "{\"clusterName\":\"\u00ed\u00a0\u0080\"}",
            "{\"clusterName\":\"\u00f4\u0090\u0080\u0080\"}",
            "{\"clusterName\":\"\u00e2\u0082",
            "\u0080",
            "\u001f\u008b\b\u0000")) {
      bodies.add(octets.getBytes(ISO_8859_1));
    }
    OperationModel operation = Objects.requireNonNull(Ecs.MODEL.operation("CreateCluster"));
    for (byte[] body : bodies) {
      String shown = new String(body, 0, Math.min(60, body.length), ISO_8859_1);
      var answer = call(Ecs.MODEL.targetPrefix() + ".CreateCluster", body);
      check(operation, shown, answer);
    }
    ok("ListClusters", "{}");
  }
}
