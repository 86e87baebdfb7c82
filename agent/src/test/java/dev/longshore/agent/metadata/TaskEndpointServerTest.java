package dev.longshore.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TaskEndpointServerTest {
  private final Agent agent = new Agent();
  private final HttpClient client = HttpClient.newHttpClient();
  private TaskEndpointServer server;

  @BeforeEach
  void start() {
    server = TaskEndpointServer.start("127.0.0.1", 0);
    server.register(agent);
  }

  @AfterEach
  void stop() {
    server.close();
    client.close();
  }

  private static HttpRequest request(InetSocketAddress server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
        .build();
  }

  private HttpResponse<String> get(InetSocketAddress server, String path)
      throws IOException, InterruptedException {
    return client.send(request(server, path), HttpResponse.BodyHandlers.ofString());
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(server.address(), path);
  }

  /** Sends bytes, and reads until the server closes. */
  private String raw(String text) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void answers_come_over_http() throws Exception {
    var response = get("/v4/e-full");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(Json.parse(response.body()).at("Name").text()).isEqualTo("app");
    assertThat(get("/v4/nope").statusCode()).isEqualTo(404);
    assertThat(get("//v4//e-full").headers().firstValue("Location")).hasValue("/v4/e-full");
  }

  @Test
  void a_taken_port_is_exchanged_for_a_free_one() {
    try (var second = TaskEndpointServer.start("127.0.0.1", server.address().getPort())) {
      assertThat(second.address().getPort()).isNotEqualTo(server.address().getPort());
    }
    assertThatThrownBy(() -> TaskEndpointServer.start("192.0.2.1", 0))
        .isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void a_burst_beyond_the_limit_is_turned_away() throws Exception {
    var statuses = new TreeSet<Integer>();
    var begin = System.nanoTime();
    for (var i = 0; i < 200; i++) {
      statuses.add(get("/v4/e-full").statusCode());
    }
    assertThat(statuses).contains(200, 429);
    // Were one of them overlooked, its connection would time out first.
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void pipelined_requests_are_answered_in_order() throws Exception {
    var first = "GET /v4/e-full/taskWithTags HTTP/1.1\r\nHost: x\r\n\r\n";
    var second = "GET /v4/e-bare HTTP/1.1\r\nHost: x\r\n\r\n";
    var third = "GET /nowhere HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    var answers = raw(first + second + third);
    assertThat(answers.indexOf("TaskTags")).isPositive();
    assertThat(answers.indexOf("404 page")).isGreaterThan(answers.lastIndexOf("side"));
    assertThat(answers.split("HTTP/1.1 ")).hasSize(4);
  }

  @Test
  void head_has_no_body() throws Exception {
    var answer = raw("HEAD /v4/e-full HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 200 OK").endsWith("\r\n\r\n");
  }

  @Test
  void a_client_that_ends_its_side_still_gets_its_answer() throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      var request = "GET /v4/e-full/taskWithTags HTTP/1.1\r\nHost: x\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      var answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200 OK").contains("TaskTags");
    }
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
      socket.shutdownOutput();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void what_is_not_http_is_a_bad_request() throws Exception {
    assertThat(raw("nonsense\r\n\r\n")).startsWith("HTTP/1.1 400 Bad Request");
  }

  @Test
  void a_body_over_the_limit_is_refused() throws Exception {
    var target = "/api/e-full/task-protection/v1/state";
    var answer = raw("PUT " + target + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 413 ");
  }

  @Test
  void a_request_that_is_not_sent_within_five_seconds_is_dropped() throws Exception {
    assertThat(raw("GET /v4/e-full HTTP/1.1\r\n")).isEmpty();
  }

  @Test
  void a_slow_call_does_not_hold_up_others() throws Exception {
    var go = new CountDownLatch(1);
    agent.tags =
        arn -> {
          try {
            go.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new TagLookup.Tags(java.util.Map.of());
        };
    CompletableFuture<HttpResponse<String>> slow =
        client.sendAsync(
            request(server.address(), "/v4/e-full/taskWithTags"),
            HttpResponse.BodyHandlers.ofString());
    assertThat(get("/v4/e-full/task").statusCode()).isEqualTo(200);
    assertThat(slow).isNotDone();
    go.countDown();
    assertThat(slow.get().statusCode()).isEqualTo(200);
  }

  @Test
  void introspection_shows_the_same_tasks() throws Exception {
    try (var introspection = server.introspect("127.0.0.1", 0)) {
      var address = introspection.address();
      assertThat(get(address, "/anything").body())
          .isEqualTo("{\"AvailableCommands\":[\"/v1/metadata\",\"/v1/tasks\",\"/license\"]}");
      assertThat(get(address, "/v1/metadata").body())
          .isEqualTo(
              "{\"Cluster\":\"default\",\"ContainerInstanceArn\":\""
                  + Agent.INSTANCE
                  + "\",\"Version\":\"Longshore - v0.1.0\"}");
      var tasks = Json.parse(get(address, "/v1/tasks").body()).at("Tasks").elements();
      assertThat(tasks).hasSize(1);
      var task = tasks.getFirst();
      assertThat(List.copyOf(task.members().keySet()))
          .containsExactly(
              "Arn", "DesiredStatus", "KnownStatus", "Family", "Version", "Containers");
      assertThat(get(address, "/v1/tasks?taskarn=" + Agent.TASK).body()).isEqualTo(task.write());
      assertThat(get(address, "/v1/tasks?dockerid=dddd").body()).isEqualTo(task.write());
      assertThat(get(address, "/v1/tasks?dockerid=" + "d".repeat(13)).statusCode()).isEqualTo(404);
      assertThat(get(address, "/v1/tasks?dockerid=x&taskarn=y").statusCode()).isEqualTo(400);
      var unknown = get(address, "/v1/tasks?taskarn=nope");
      assertThat(unknown.statusCode()).isEqualTo(404);
      assertThat(unknown.body())
          .isEqualTo(
              "{\"Arn\":\"\",\"KnownStatus\":\"\",\"Family\":\"\",\"Version\":\"\","
                  + "\"Containers\":null}");
      agent.rows = List.of(agent.rows.getFirst(), agent.rows.getFirst());
      assertThat(get(address, "/v1/tasks?dockerid=dddd").statusCode()).isEqualTo(400);
    }
  }
}
