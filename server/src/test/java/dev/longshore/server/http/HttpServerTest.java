package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.server.http.HttpSettings.Limits;
import dev.longshore.server.http.HttpSettings.Timeouts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HttpServerTest {
  private static final HttpSettings SETTINGS = HttpSettings.loopback(0);
  private static final Limits SMALL = new Limits(64 << 10, 1 << 20, 8 << 10, 100, 100, 10);

  private @Nullable HttpServer server;

  /** Requests waiting for their answers, in the order they came. */
  private final BlockingQueue<CompletableFuture<Response>> waiting = new LinkedBlockingQueue<>();

  private HttpServer start(HttpSettings settings) throws IOException {
    server = HttpServer.start(settings, this::answer, Map.of());
    return server;
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private CompletionStage<Response> answer(Request request) {
    return switch (request.path()) {
      case "/wait" -> {
        var answer = new CompletableFuture<Response>();
        waiting.add(answer);
        yield answer;
      }
      case "/throw" -> throw new IllegalStateException("secret detail");
      case "/fail" -> CompletableFuture.failedFuture(new IOException("secret detail"));
      case "/large" ->
          CompletableFuture.completedFuture(
              Response.of(200, "text/plain", new byte[Integer.parseInt(request.query())]));
      default -> CompletableFuture.completedFuture(echo(request));
    };
  }

  private static Response echo(Request request) {
    String said =
        request.method()
            + ' '
            + request.path()
            + '?'
            + request.query()
            + ' '
            + request.headers().joined("host")
            + ' '
            + request.headers().all("x-twice")
            + ' ';
    byte[] head = said.getBytes(UTF_8);
    byte[] all = Arrays.copyOf(head, head.length + request.body().length);
    System.arraycopy(request.body(), 0, all, head.length, request.body().length);
    return Response.of(200, "text/plain", all).with("x-one", "1");
  }

  private HttpResponse<String> call(Version version, String path, @Nullable String body)
      throws IOException, InterruptedException {
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      return client.send(request(path, body), BodyHandlers.ofString());
    }
  }

  private HttpRequest request(String path, @Nullable String body) {
    HttpServer running = Objects.requireNonNull(server);
    var request =
        HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + running.address().getPort() + path));
    request.header("x-twice", "a").header("x-twice", "b");
    return body == null ? request.build() : request.POST(BodyPublishers.ofString(body)).build();
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void a_request_reaches_the_route_and_its_answer_the_client(Version version) throws Exception {
    String host = "127.0.0.1:" + start(SETTINGS).address().getPort();
    var posted = call(version, "/a%20b/c?x=1&y=%2B", "body");
    assertThat(posted.statusCode()).isEqualTo(200);
    assertThat(posted.version()).isEqualTo(version);
    assertThat(posted.body()).isEqualTo("POST /a%20b/c?x=1&y=%2B " + host + " [a, b] body");
    assertThat(posted.headers().firstValue("x-one")).contains("1");
    assertThat(posted.headers().firstValue("date")).isPresent();
    assertThat(call(version, "/", null).body()).isEqualTo("GET /? " + host + " [a, b] ");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void many_requests_share_a_connection_and_none_mixes_with_another(Version version)
      throws Exception {
    start(SETTINGS);
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      client.send(request("/", null), BodyHandlers.ofString());
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < 200; i++) {
        String body = "x".repeat(i * 200) + i;
        answers.add(client.sendAsync(request("/" + i, body), BodyHandlers.ofString()));
      }
      for (int i = 0; i < 200; i++) {
        assertThat(answers.get(i).get(20, TimeUnit.SECONDS).body())
            .startsWith("POST /" + i + "?")
            .endsWith((i == 0 ? " " : "x") + i);
      }
    }
  }

  @Test
  void http_2_is_known_by_its_preface() throws Exception {
    try (var peer = new RawPeer(start(SETTINGS).address())) {
      peer.send("PRI * HTTP/2.0\r\n");
      peer.send("\r\nSM\r\n\r\n").send(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
      assertThat(peer.octets(9)[3]).as("type of the first frame, SETTINGS").isEqualTo((byte) 4);
    }
  }

  @Test
  void pipelined_requests_are_answered_in_their_order_whichever_is_ready_first() throws Exception {
    try (var peer = new RawPeer(start(SETTINGS).address())) {
      peer.sendRequest("POST", "/wait", "1");
      peer.sendRequest("POST", "/wait", "2");
      peer.sendRequest("POST", "/third", "3");
      var first = Objects.requireNonNull(waiting.poll(20, TimeUnit.SECONDS));
      var second = Objects.requireNonNull(waiting.poll(20, TimeUnit.SECONDS));
      second.complete(Response.of(200, "text/plain", "second"));
      first.complete(Response.of(200, "text/plain", "first"));
      assertThat(peer.read().body()).isEqualTo("first");
      assertThat(peer.read().body()).isEqualTo("second");
      assertThat(peer.read().body()).startsWith("POST /third");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void a_body_beyond_the_limit_is_answered_with_413(Version version) throws Exception {
    start(SETTINGS);
    assertThat(call(version, "/", "x".repeat(4 << 20)).statusCode()).isEqualTo(200);
    var refused = call(version, "/", "x".repeat((4 << 20) + 1));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.body())
        .isEqualTo(
            "{\"__type\":\"RequestEntityTooLargeException\",\"message\":\"The request body is"
                + " larger than 4194304 bytes.\"}");
    assertThat(refused.headers().firstValue("x-amzn-requestid")).isPresent();
  }

  @Test
  void a_chunked_body_beyond_the_limit_is_answered_even_while_the_client_goes_on_sending()
      throws Exception {
    try (var peer = new RawPeer(start(SETTINGS.withLimits(SMALL)).address())) {
      peer.send("POST / HTTP/1.1\r\nhost: test\r\ntransfer-encoding: chunked\r\n\r\n");
      String chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
      for (int i = 0; i < 64; i++) {
        peer.send(chunk);
      }
      var answer = peer.read();
      assertThat(answer.status()).isEqualTo(413);
      assertThat(answer.headers()).containsEntry("connection", "close");
      assertThat(peer.closes()).isTrue();
    }
  }

  @Test
  void what_is_no_http_is_refused_and_the_connection_closed() throws Exception {
    start(SETTINGS.withLimits(SMALL));
    var expected =
        Map.of(
            "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n",
            400,
            "GET\r\n\r\n",
            400,
            "GET / HTTP/1.1\r\nno colon\r\n\r\n",
            400,
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: x\r\n\r\n",
            400,
            "POST / HTTP/1.1\r\nhost: a\r\ncontent-length: -1\r\n\r\n",
            400,
            "POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
            400,
            "GET /" + "x".repeat(20_000) + " HTTP/1.1\r\n\r\n",
            414,
            "GET / HTTP/1.1\r\nlong: " + "x".repeat(9000) + "\r\n\r\n",
            431);
    for (var row : expected.entrySet()) {
      try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
        peer.send(row.getKey());
        var answer = peer.read();
        assertThat(answer.status()).as(row.getKey()).isEqualTo(row.getValue());
        assertThat(answer.body()).startsWith("{\"__type\":\"");
        assertThat(peer.closes()).as(row.getKey()).isTrue();
      }
    }
  }

  @Test
  void head_gets_no_body_and_an_old_client_gets_its_connection_closed() throws Exception {
    start(SETTINGS);
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.sendRequest("HEAD", "/", "");
      var answer = peer.read(false);
      assertThat(answer.headers().get("content-length")).isEqualTo("16");
      peer.sendRequest("GET", "/next", "");
      assertThat(peer.read().body()).startsWith("GET /next");
    }
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.send("GET /old HTTP/1.0\r\n\r\n");
      assertThat(peer.read().body()).startsWith("GET /old");
      assertThat(peer.closes()).isTrue();
    }
  }

  @Test
  void a_client_that_asks_first_is_told_to_go_on_or_that_it_is_too_much() throws Exception {
    start(SETTINGS.withLimits(SMALL));
    var head = "POST / HTTP/1.1\r\nhost: a\r\nexpect: 100-continue\r\ncontent-length: ";
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.send(head + "4\r\n\r\n");
      assertThat(peer.read().status()).isEqualTo(100);
      peer.send("body");
      assertThat(peer.read().body()).endsWith("body");
    }
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.send(head + "1000000\r\n\r\n");
      assertThat(peer.read().status()).isEqualTo(413);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void a_route_that_fails_is_answered_with_500_and_no_detail(Version version) throws Exception {
    start(SETTINGS);
    for (String path : List.of("/throw", "/fail")) {
      var answer = call(version, path, "body");
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).doesNotContain("secret", "Exception\n", "at dev.");
    }
  }

  @Test
  void more_requests_than_may_be_in_flight_are_turned_away_until_one_is_answered()
      throws Exception {
    start(SETTINGS.withLimits(new Limits(1 << 20, 1 << 20, 8 << 10, 100, 1, 10)));
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.sendRequest("GET", "/wait", "");
      var first = Objects.requireNonNull(waiting.poll(20, TimeUnit.SECONDS));
      assertThat(call(Version.HTTP_1_1, "/", null).statusCode()).isEqualTo(503);
      first.complete(Response.empty(204));
      assertThat(peer.read().status()).isEqualTo(204);
      assertThat(call(Version.HTTP_1_1, "/", null).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void bodies_share_a_bounded_memory_that_they_give_back() throws Exception {
    start(SETTINGS.withLimits(new Limits(1 << 20, 1 << 20, 8 << 10, 100, 100, 10)));
    String large = "x".repeat(600_000);
    for (int round = 0; round < 5; round++) {
      try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
        peer.sendRequest("POST", "/wait", large);
        var first = Objects.requireNonNull(waiting.poll(20, TimeUnit.SECONDS));
        assertThat(call(Version.HTTP_1_1, "/", large).statusCode()).isEqualTo(503);
        first.complete(Response.empty(204));
        assertThat(peer.read().status()).isEqualTo(204);
        assertThat(call(Version.HTTP_2, "/", large).statusCode()).isEqualTo(200);
        // A body that is never finished gives back what it took when its connection ends.
        peer.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 700000\r\n\r\n" + large);
      }
      awaitConnections(Objects.requireNonNull(server), 0);
    }
  }

  @Test
  void a_request_that_does_not_arrive_in_time_is_answered_with_408() throws Exception {
    start(SETTINGS.withTimeouts(timeouts(20_000, 200, 20_000)));
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 10\r\n\r\nhalf");
      assertThat(peer.read().status()).isEqualTo(408);
      assertThat(peer.closes()).isTrue();
    }
  }

  @Test
  void a_silent_connection_is_closed_whatever_it_has_begun() throws Exception {
    start(SETTINGS.withTimeouts(timeouts(200, 20_000, 20_000)));
    for (String begun :
        List.of("", "P", "GET / HTTP/1.1\r\nhos", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
      try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
        peer.send(begun);
        assertThat(peer.closes()).as(begun).isTrue();
      }
    }
    try (var peer = new RawPeer(Objects.requireNonNull(server).address())) {
      peer.sendRequest("GET", "/", "");
      assertThat(peer.read().status()).isEqualTo(200);
      assertThat(peer.closes()).isTrue();
    }
  }

  @Test
  void a_client_that_does_not_read_its_answers_is_cut_off() throws Exception {
    HttpServer running = start(SETTINGS.withTimeouts(timeouts(20_000, 20_000, 300)));
    try (var peer = new RawPeer(running.address(), 4096)) {
      for (int i = 0; i < 20; i++) {
        peer.sendRequest("GET", "/large?1000000", "");
      }
      awaitConnections(running, 1);
      awaitConnections(running, 0);
    }
  }

  private static void awaitConnections(HttpServer server, int count) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (server.connections() != count && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    assertThat(server.connections()).isEqualTo(count);
  }

  private static Timeouts timeouts(int idle, int request, int write) {
    return new Timeouts(
        Duration.ofMillis(idle), Duration.ofMillis(request), Duration.ofMillis(write));
  }

  @Test
  void two_thousand_half_requests_do_not_keep_others_waiting() throws Exception {
    HttpServer running = start(SETTINGS);
    var peers = new ArrayList<RawPeer>();
    try {
      for (int i = 0; i < 2000; i++) {
        var peer = new RawPeer(running.address());
        peers.add(peer);
        switch (i % 4) {
          case 0 -> peer.send("POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 4000000\r\n\r\nhalf");
          case 1 -> peer.send("GET / HTT");
          case 2 -> peer.send("PRI * HT");
          default -> peer.send("");
        }
      }
      awaitConnections(running, 2000);
      assertThat(call(Version.HTTP_1_1, "/", "body").statusCode()).isEqualTo(200);
      assertThat(call(Version.HTTP_2, "/", "body").statusCode()).isEqualTo(200);
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
    awaitConnections(running, 0);
  }

  @Test
  void connections_beyond_the_limit_are_closed() throws Exception {
    HttpServer running =
        start(SETTINGS.withLimits(new Limits(1 << 20, 1 << 20, 8 << 10, 2, 100, 10)));
    try (var one = new RawPeer(running.address());
        var two = new RawPeer(running.address())) {
      awaitConnections(running, 2);
      try (var three = new RawPeer(running.address())) {
        assertThat(three.closes()).isTrue();
      }
      one.sendRequest("GET", "/", "");
      assertThat(one.read().status()).isEqualTo(200);
      two.sendRequest("GET", "/", "");
      assertThat(two.read().status()).isEqualTo(200);
    }
  }

  @Test
  void closing_answers_what_was_taken_and_takes_no_more() throws Exception {
    HttpServer running = start(SETTINGS);
    try (var peer = new RawPeer(running.address());
        var idle = new RawPeer(running.address())) {
      idle.sendRequest("GET", "/", "");
      idle.read();
      peer.sendRequest("GET", "/wait", "");
      var first = Objects.requireNonNull(waiting.poll(20, TimeUnit.SECONDS));
      var closed = CompletableFuture.runAsync(running::close);
      assertThat(idle.closes()).isTrue();
      assertThatThrownBy(() -> new RawPeer(running.address())).isInstanceOf(IOException.class);
      first.complete(Response.of(200, "text/plain", "late"));
      assertThat(peer.read().body()).isEqualTo("late");
      assertThat(peer.closes()).isTrue();
      closed.get(20, TimeUnit.SECONDS);
    }
  }

  @Test
  void a_taken_port_is_named() throws Exception {
    int port = start(SETTINGS).address().getPort();
    assertThatThrownBy(() -> HttpServer.start(HttpSettings.loopback(port), this::answer, Map.of()))
        .isInstanceOf(IOException.class)
        .hasMessage("Cannot listen on 127.0.0.1:" + port);
  }

  @Test
  void ten_thousand_bad_requests_never_yield_a_500_and_the_server_lives() throws Exception {
    HttpServer running = start(SETTINGS.withLimits(SMALL));
    var random = new Random(4566);
    String good = "POST /a?b=c HTTP/1.1\r\nhost: test\r\nx-a: b\r\ncontent-length: 5\r\n\r\nhello";
    var h2 = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0";
    for (int i = 0; i < 10_000; i++) {
      byte[] octets = (i % 8 == 0 ? h2 + "\0\0\5\1\5\0\0\0\1abcde" : good).getBytes(ISO_8859_1);
      if (i % 8 == 1) {
        octets = new byte[random.nextInt(200)];
        random.nextBytes(octets);
      }
      for (int j = random.nextInt(4); j >= 0 && octets.length > 0; j--) {
        octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
      }
      try (var peer = new RawPeer(running.address())) {
        peer.send(octets);
        if (i % 50 == 0) {
          peer.sendRequest("GET", "/", "");
        }
        if (octets.length == good.length() && i % 8 > 1 && endsRequest(octets)) {
          assertThat(peer.read().status()).as("case %d", i).isIn(200, 400, 413, 417, 431);
        }
      }
    }
    assertThat(call(Version.HTTP_1_1, "/", "body").statusCode()).isEqualTo(200);
    assertThat(call(Version.HTTP_2, "/", "body").statusCode()).isEqualTo(200);
  }

  /** Whether the head still ends and its length still says five, so that an answer must come. */
  private static boolean endsRequest(byte[] octets) {
    String text = new String(octets, ISO_8859_1);
    return text.startsWith("POST /")
        && text.contains("\r\ncontent-length: 5\r\n\r\n")
        && text.contains("HTTP/1.1\r\nhost: test\r\nx-a: ");
  }
}
