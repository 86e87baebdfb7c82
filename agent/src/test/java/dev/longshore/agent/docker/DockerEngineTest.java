package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class DockerEngineTest {
  private static final String INSPECT = "GET /v1.41/containers/x/json";

  private FakeEngine fake;
  private ContainerEngine engine;

  @BeforeEach
  void connect() throws IOException {
    fake = new FakeEngine();
    engine = DockerEngine.at(fake.address());
  }

  @AfterEach
  void close() throws IOException {
    engine.close();
    fake.close();
  }

  private static DockerException failure(Runnable call) {
    return catchThrowableOfType(DockerException.class, call::run);
  }

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

  // Streams

  @Test
  void events_come_as_they_happen_until_the_connection_breaks() {
    var more = new CountDownLatch(1);
    fake.on(
        "GET /v1.41/events",
        (q, wire) -> {
          wire.chunkedHead();
          wire.chunk("{\"Type\":\"container\",\"Action\":\"die\",\"Actor\":{\"ID\":\"a\",");
          wire.chunk("\"Attributes\":{\"exitCode\":\"1\"}},\"timeNano\":1700000000123456789}\n{");
          more.await();
          wire.close();
        });
    try (var events = engine.events(EventQuery.containers(null, List.of()))) {
      var event = events.next().orElseThrow();
      assertThat(event.time()).isEqualTo("2023-11-14T22:13:20.123456789Z");
      assertThat(event.attributes()).isEqualTo(Map.of("exitCode", "1"));
      more.countDown();
      assertThatThrownBy(events::next)
          .isInstanceOfSatisfying(
              DockerException.class,
              e -> assertThat(e.kind()).isEqualTo(DockerException.Kind.UNREACHABLE));
    }
  }

  @Test
  void a_reader_that_rests_makes_the_engine_rest() throws Exception {
    var size = 16 << 20;
    var blocked = new CompletableFuture<Integer>();
    fake.on(INSPECT, (q, wire) -> wire.json(200, "{\"Config\":{\"Tty\":true}}"));
    fake.on(
        "GET /v1.41/containers/x/logs",
        (q, wire) -> {
          wire.raw("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
          writeUntilBlocked(wire, size, blocked);
        });
    var count = 0L;
    try (var logs = engine.containers().logs("x", LogQuery.all())) {
      assertThat(blocked.get()).isLessThan(size / 2);
      for (var piece = logs.next(); piece.isPresent(); piece = logs.next()) {
        count += piece.get().bytes().length;
      }
    }
    assertThat(count).isEqualTo(size);
  }

  /** Tells how much the client took before it took no more, then writes the rest. */
  private static void writeUntilBlocked(
      FakeEngine.Wire wire, int size, CompletableFuture<Integer> blocked) throws IOException {
    var buffer = ByteBuffer.allocate(size);
    try (var selector = java.nio.channels.Selector.open()) {
      wire.channel().configureBlocking(false);
      var key = wire.channel().register(selector, java.nio.channels.SelectionKey.OP_WRITE);
      while (buffer.hasRemaining()) {
        if (wire.channel().write(buffer) == 0 && selector.select(500) == 0) {
          blocked.complete(buffer.position());
          selector.select();
        }
        selector.selectedKeys().clear();
      }
      key.cancel();
    }
    wire.channel().configureBlocking(true);
  }

  @Test
  void frames_may_be_split_and_long() {
    fake.on(INSPECT, (q, wire) -> wire.json(200, "{}"));
    var long1 = "a".repeat(200_000);
    fake.on(
        "GET /v1.41/containers/x/logs",
        (q, wire) -> {
          wire.chunkedHead();
          wire.chunk("\1\0\0");
          wire.chunk("\0\0\3\r@" + long1.substring(0, 100_000));
          wire.chunk(long1.substring(100_000) + "\2\0\0\0\0\0\0\3err\1\0\0\0\0\0\0\0");
          wire.raw("0\r\n\r\n");
        });
    var out = new StringBuilder();
    var err = new StringBuilder();
    try (var logs = engine.containers().logs("x", LogQuery.all())) {
      for (var piece = logs.next(); piece.isPresent(); piece = logs.next()) {
        (piece.get().source() == Output.Source.OUT ? out : err).append(piece.get().text());
      }
    }
    assertThat(out.toString()).isEqualTo(long1);
    assertThat(err.toString()).isEqualTo("err");
  }

  @Test
  void a_hijacked_connection_carries_bytes_both_ways() throws Exception {
    fake.on(
        "GET /v1.41/exec/e/json",
        (q, wire) -> wire.json(200, "{\"ProcessConfig\":{\"tty\":true}}"));
    var input = new CompletableFuture<String>();
    fake.on(
        "POST /v1.41/exec/e/start",
        (q, wire) -> {
          assertThat(q.header("Connection")).isEqualToIgnoringCase("upgrade");
          assertThat(q.header("Upgrade")).isEqualTo("tcp");
          // The first output may come in one piece with the head.
          wire.raw(
              "HTTP/1.1 101 UPGRADED\r\nContent-Type: application/vnd.docker.raw-stream\r\n"
                  + "Connection: Upgrade\r\nUpgrade: tcp\r\n\r\n$ ");
          input.complete(new String(wire.in().readAllBytes(), StandardCharsets.UTF_8));
          wire.raw("bye");
          wire.close();
        });
    try (var attachment = engine.executions().start("e")) {
      assertThat(attachment.next()).map(Output::text).hasValue("$ ");
      attachment.write("exit".getBytes(StandardCharsets.UTF_8));
      attachment.write("\n".getBytes(StandardCharsets.UTF_8));
      attachment.endInput();
      assertThat(input.get()).isEqualTo("exit\n");
      assertThat(attachment.next()).map(Output::text).hasValue("bye");
      assertThat(attachment.next()).isEmpty();
    }
  }

  @Test
  void an_execution_that_cannot_start_is_an_error() {
    fake.on("GET /v1.41/exec/e/json", (q, wire) -> wire.json(200, "{}"));
    fake.on(
        "POST /v1.41/exec/e/start",
        (q, wire) -> wire.json(409, "{\"message\":\"Container is not running\"}"));
    assertThatThrownBy(() -> engine.executions().start("e"))
        .hasMessage("Error response from daemon: Container is not running");
  }

  // Images

  private void pull(PullLimits limits, List<PullProgress> progress) {
    var credentials = new RegistryCredentials("AWS", "sésame", "");
    engine.images().pull(ImageReference.parse("h:5000/a/b"), credentials, limits, progress::add);
  }

  @Test
  void a_pull_tells_its_progress_and_sends_credentials() {
    fake.on(
        "POST /v1.41/images/create",
        (q, wire) -> {
          wire.chunkedHead();
          wire.chunk(
              "{\"status\":\"Downloading\",\"id\":\"l1\","
                  + "\"progressDetail\":{\"current\":5,\"total\":10}}\r\n");
          wire.raw("0\r\n\r\n");
        });
    var progress = new ArrayList<PullProgress>();
    pull(PullLimits.STANDARD, progress);
    assertThat(progress).containsExactly(new PullProgress("l1", "Downloading", 5, 10));
    var request = fake.received().getLast();
    assertThat(request.line()).contains("?fromImage=h%3A5000%2Fa%2Fb&tag=latest ");
    assertThat(
            new String(
                java.util.Base64.getUrlDecoder().decode(request.header("X-Registry-Auth")),
                StandardCharsets.UTF_8))
        .isEqualTo("{\"username\":\"AWS\",\"password\":\"sésame\",\"serveraddress\":\"\"}");
  }

  @Test
  void an_error_in_the_middle_of_a_pull_is_thrown() {
    fake.on(
        "POST /v1.41/images/create",
        (q, wire) -> {
          wire.chunkedHead();
          wire.chunk("{\"status\":\"Pulling\"}{\"error\":\"toomanyrequests\"}");
          wire.raw("0\r\n\r\n");
        });
    assertThatThrownBy(() -> pull(PullLimits.STANDARD, new ArrayList<>()))
        .isInstanceOf(DockerException.class)
        .hasMessage("toomanyrequests");
  }

  @Test
  void a_pull_without_progress_is_given_up() {
    fake.on(
        "POST /v1.41/images/create",
        (q, wire) -> {
          wire.chunkedHead();
          wire.chunk("{\"status\":\"Pulling\"}");
          wire.awaitGone();
        });
    var limits = new PullLimits(Duration.ofHours(1), Duration.ofMillis(50));
    assertThat(failure(() -> pull(limits, new ArrayList<>())).kind())
        .isEqualTo(DockerException.Kind.TIMED_OUT);
  }

  @Test
  void an_upload_is_sent_in_chunks() throws Exception {
    var sent = new CompletableFuture<Integer>();
    fake.on(
        "POST /v1.41/images/load",
        (q, wire) -> {
          assertThat(q.header("Transfer-Encoding")).isEqualTo("chunked");
          sent.complete(chunks(wire.in()));
          wire.json(200, "{\"stream\":\"Loaded image: a:b\\n\"}");
        });
    assertThat(engine.images().load(out -> out.write(new byte[200_000]))).containsExactly("a:b");
    assertThat(sent.get()).isEqualTo(200_000);
  }

  private static int chunks(InputStream in) throws IOException {
    var total = 0;
    while (true) {
      var size = new StringBuilder();
      for (var b = in.read(); b != '\n'; b = in.read()) {
        if (b < 0) {
          return -1;
        }
        size.append((char) b);
      }
      var length = Integer.parseInt(size.toString().strip(), 16);
      in.readNBytes(length + 2);
      if (length == 0) {
        return total;
      }
      total += length;
    }
  }

  @Test
  void an_upload_that_the_engine_refuses_ends_with_the_engines_error() {
    fake.on(
        "POST /v1.41/images/load",
        (q, wire) -> {
          wire.json(500, "{\"message\":\"no space left on device\"}");
          wire.close();
        });
    assertThatThrownBy(() ->
            engine
                .images()
                .load(out -> {
                  for (var i = 0; i < 1000; i++) {
                    out.write(new byte[64 * 1024]);
                  }
                }))
        .hasMessage("Error response from daemon: no space left on device");
  }

  @Test
  void an_upload_whose_source_fails_is_never_taken_for_whole() throws Exception {
    var seen = new CompletableFuture<Integer>();
    fake.on("POST /v1.41/images/load", (q, wire) -> seen.complete(chunks(wire.in())));
    var failure =
        failure(() ->
            engine
                .images()
                .load(out -> {
                  out.write(new byte[100_000]);
                  throw new IOException("disk on fire");
                }));
    assertThat(failure).hasMessageContaining("disk on fire");
    assertThat(seen.get()).isEqualTo(-1);
  }
}
