package dev.longshore.agent.docker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What lasts: events, output, pulls and uploads. */
@Timeout(30)
class DockerStreamsTest extends EngineTalk {
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
