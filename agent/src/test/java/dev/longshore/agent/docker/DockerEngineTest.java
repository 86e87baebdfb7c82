package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DockerEngineTest extends EngineTalk {
  private DockerException inspectFails() {
    return failure(() -> engine.containers().inspect("x"));
  }

  // ping and version, and what of the API is spoken

  @Test
  void the_version_is_asked_once() {
    fake.on("GET /v1.41/info", (request, wire) -> wire.json(200, "{\"NCPU\":3}"));
    assertThat(engine.info().processors()).isEqualTo(3);
    assertThat(engine.info().processors()).isEqualTo(3);
    assertThat(fake.lines())
        .containsExactly(
            "GET /version HTTP/1.1", "GET /v1.41/info HTTP/1.1", "GET /v1.41/info HTTP/1.1");
    assertThat(fake.connections()).isEqualTo(1);
  }

  @Test
  void an_engine_that_dropped_old_versions_is_spoken_to_in_its_oldest() {
    fake.speaks("1.52", "1.44");
    fake.on("GET /v1.44/info", (request, wire) -> wire.json(200, "{\"NCPU\":3}"));
    assertThat(engine.info().processors()).isEqualTo(3);
  }

  @Test
  void an_engine_older_than_the_floor_is_refused() {
    fake.speaks("1.40", "1.12");
    assertThatThrownBy(() -> engine.info())
        .hasMessage("the engine's API version 1.40 is older than 1.41");
  }

  @Test
  void an_engine_upgraded_in_between_is_asked_for_its_version_again() {
    fake.on("GET /v1.41/info", (request, wire) -> wire.json(200, "{}"));
    engine.info();
    fake.speaks("1.52", "1.44");
    fake.on(
        "GET /v1.41/info",
        (request, wire) -> wire.json(400, "{\"message\":\"client version 1.41 is too old.\"}"));
    fake.on("GET /v1.44/info", (request, wire) -> wire.json(200, "{\"NCPU\":3}"));
    assertThat(failure(() -> engine.info()).status()).isEqualTo(400);
    assertThat(engine.info().processors()).isEqualTo(3);
  }

  // Answers as bytes

  @Test
  void an_answer_may_come_in_any_pieces() throws IOException {
    fake.on(
        INSPECT,
        (request, wire) -> {
          var head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
          var body = "5\r\n{\"Id\"\r\n6;x=y\r\n:\"abc\"\r\n1\r\n}\r\n0\r\n\r\n";
          for (var piece : (head + body).split("")) {
            wire.raw(piece);
          }
        });
    assertThat(engine.containers().inspect("x").id()).isEqualTo("abc");
    assertThat(engine.containers().inspect("x").id()).isEqualTo("abc");
    assertThat(fake.connections()).isEqualTo(1);
  }

  @Test
  void an_answer_without_length_ends_with_the_connection() {
    fake.on(
        INSPECT,
        (request, wire) -> {
          wire.raw("HTTP/1.0 200 OK\r\n\r\n{\"Id\":\"abc\"}");
          wire.close();
        });
    assertThat(engine.containers().inspect("x").id()).isEqualTo("abc");
    assertThat(engine.containers().inspect("x").id()).isEqualTo("abc");
  }

  @Test
  void names_and_queries_are_encoded() {
    fake.on("GET /v1.41/containers/a%2Fb%20c%3F/json", (q, wire) -> wire.json(200, "{}"));
    engine.containers().inspect("a/b c?");
    fake.on("GET /v1.41/containers/json", (q, wire) -> wire.json(200, "[]"));
    engine.containers().list(List.of("a=b&c"), true);
    assertThat(fake.lines().getLast())
        .isEqualTo(
            "GET /v1.41/containers/json?all=1"
                + "&filters=%7B%22label%22%3A%5B%22a%3Db%26c%22%5D%7D HTTP/1.1");
  }

  // Errors

  @Test
  void an_error_has_the_daemons_message() {
    fake.on(INSPECT, (q, wire) -> wire.json(409, "{\"message\":\" in use \\n\"}"));
    var failure = inspectFails();
    assertThat(failure).hasMessage("Error response from daemon: in use");
    assertThat(failure.kind()).isEqualTo(DockerException.Kind.ANSWERED);
    assertThat(failure.conflict()).isTrue();
  }

  @Test
  void an_error_that_is_not_json_is_its_text() {
    fake.on(INSPECT, (q, wire) -> wire.json(502, "bad gateway"));
    assertThat(inspectFails()).hasMessage("Error response from daemon: bad gateway");
  }

  @Test
  void an_engine_that_is_not_there_is_unreachable() {
    try (var nobody = DockerEngine.at(new EngineAddress.Socket(Path.of("/no/such.sock")))) {
      var failure = failure(nobody::ping);
      assertThat(failure.kind()).isEqualTo(DockerException.Kind.UNREACHABLE);
      assertThat(failure)
          .hasMessage(
              "Cannot connect to the Docker daemon at unix:///no/such.sock."
                  + " Is the docker daemon running?");
    }
  }

  @Test
  void an_answer_that_breaks_off_is_unreachable() {
    fake.on(
        INSPECT,
        (q, wire) -> {
          wire.chunkedHead();
          wire.chunk("{\"Id\":");
          wire.close();
        });
    assertThat(inspectFails().kind()).isEqualTo(DockerException.Kind.UNREACHABLE);
  }

  @Test
  void an_answer_that_is_not_http_is_unexpected() {
    fake.on(INSPECT, (q, wire) -> wire.raw("SSH-2.0-OpenSSH_9.2\r\n\r\n"));
    assertThat(inspectFails().kind()).isEqualTo(DockerException.Kind.UNEXPECTED);
  }

  @Test
  void an_answer_that_is_not_json_is_unexpected() {
    fake.on(INSPECT, (q, wire) -> wire.json(200, "{\"Id\""));
    assertThat(inspectFails().kind()).isEqualTo(DockerException.Kind.UNEXPECTED);
  }

  @Test
  void an_answer_over_the_limit_is_unexpected() {
    fake.on(
        INSPECT,
        (q, wire) -> {
          wire.chunkedHead();
          var megabyte = " ".repeat(1 << 20);
          for (var i = 0; i <= EngineClient.LIMIT >> 20; i++) {
            wire.chunk(megabyte);
          }
        });
    var failure = inspectFails();
    assertThat(failure.kind()).isEqualTo(DockerException.Kind.UNEXPECTED);
    assertThat(failure).hasMessage("the engine's answer is longer than this client takes");
  }

  @Test
  void an_engine_that_does_not_answer_in_time_is_given_up() throws Exception {
    engine.version();
    var gone = new CompletableFuture<Boolean>();
    fake.on(
        INSPECT,
        (q, wire) -> {
          wire.awaitGone();
          gone.complete(true);
        });
    var hasty = engine.within(Duration.ofMillis(50));
    var failure = failure(() -> hasty.containers().inspect("x"));
    assertThat(failure.kind()).isEqualTo(DockerException.Kind.TIMED_OUT);
    assertThat(failure).hasMessageContaining("PT0.05S to GET /v1.41/containers/x/json");
    assertThat(gone.get()).isTrue();
  }

  @Test
  void interrupting_the_caller_drops_the_call() throws Exception {
    engine.version();
    var asked = new CountDownLatch(1);
    var gone = new CountDownLatch(1);
    fake.on(
        "POST /v1.41/containers/x/wait",
        (q, wire) -> {
          wire.chunkedHead();
          asked.countDown();
          wire.awaitGone();
          gone.countDown();
        });
    var failure = new AtomicReference<Optional<DockerException>>(Optional.empty());
    var caller =
        Thread.startVirtualThread(
            () -> failure.set(Optional.of(failure(() -> engine.containers().await("x")))));
    asked.await();
    caller.interrupt();
    caller.join();
    gone.await();
    assertThat(failure.get())
        .hasValueSatisfying(e -> assertThat(e.kind()).isEqualTo(DockerException.Kind.INTERRUPTED));
  }

  @Test
  void closing_the_client_fails_what_is_under_way() throws Exception {
    engine.version();
    var asked = new CountDownLatch(1);
    fake.on(
        INSPECT,
        (q, wire) -> {
          asked.countDown();
          wire.awaitGone();
        });
    var failure = CompletableFuture.supplyAsync(this::inspectFails);
    asked.await();
    engine.close();
    assertThat(failure.get().kind()).isEqualTo(DockerException.Kind.REFUSED);
    assertThat(inspectFails().kind()).isEqualTo(DockerException.Kind.REFUSED);
  }

  // Connections

  @Test
  void a_connection_that_died_while_idle_is_replaced_without_the_caller_seeing_it() {
    fake.on(
        INSPECT,
        (q, wire) -> {
          wire.json(200, "{}");
          // The next request finds a connection that closes without an answer.
          assertThat(wire.in().read()).isEqualTo('G');
          wire.close();
        });
    engine.containers().inspect("x");
    fake.on(INSPECT, (q, wire) -> wire.json(200, "{\"Id\":\"second\"}"));
    assertThat(engine.containers().inspect("x").id()).isEqualTo("second");
    assertThat(fake.connections()).isEqualTo(2);
  }

  @Test
  void a_change_is_never_sent_twice() {
    engine.version();
    fake.on("POST /v1.41/containers/x/start", (q, wire) -> wire.close());
    var failure = failure(() -> engine.containers().start("x"));
    assertThat(failure.kind()).isEqualTo(DockerException.Kind.UNREACHABLE);
    assertThat(fake.lines().stream().filter(line -> line.startsWith("POST"))).hasSize(1);
  }

  @Test
  void brief_calls_share_a_bounded_number_of_connections() throws Exception {
    engine.version();
    var calls = 3 * ConnectionPool.BRIEF_CONNECTIONS;
    var arrived = new Semaphore(0);
    var go = new CountDownLatch(1);
    fake.on(
        INSPECT,
        (q, wire) -> {
          arrived.release();
          go.await();
          wire.json(200, "{}");
        });
    var done = new ArrayList<CompletableFuture<Void>>();
    for (var i = 0; i < calls; i++) {
      var one = new CompletableFuture<Void>();
      done.add(one);
      Thread.startVirtualThread(() -> {
        engine.containers().inspect("x");
        one.complete(null);
      });
    }
    arrived.acquire(ConnectionPool.BRIEF_CONNECTIONS);
    go.countDown();
    CompletableFuture.allOf(done.toArray(CompletableFuture[]::new)).get();
    assertThat(fake.connections()).isEqualTo(ConnectionPool.BRIEF_CONNECTIONS);
  }

  @Test
  void lasting_calls_do_not_keep_brief_ones_waiting() throws Exception {
    engine.version();
    var go = new CountDownLatch(1);
    fake.on(
        "POST /v1.41/containers/x/wait",
        (q, wire) -> {
          wire.chunkedHead();
          go.await();
          wire.chunk("{\"StatusCode\":3}");
          wire.raw("0\r\n\r\n");
        });
    var exits = new ArrayList<CompletableFuture<Exit>>();
    for (var i = 0; i < 2 * ConnectionPool.BRIEF_CONNECTIONS; i++) {
      var exit = new CompletableFuture<Exit>();
      exits.add(exit);
      Thread.startVirtualThread(() -> exit.complete(engine.containers().await("x")));
    }
    fake.on(INSPECT, (q, wire) -> wire.json(200, "{\"Id\":\"abc\"}"));
    assertThat(engine.containers().inspect("x").id()).isEqualTo("abc");
    go.countDown();
    for (var exit : exits) {
      assertThat(exit.get().code()).isEqualTo(3);
    }
  }
}
