package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.server.http.HttpSettings.WebSockets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebSocketTest {
  private static final String HANDSHAKE =
      String.join(
          "\r\n",
          "GET /acs/ws?a=b HTTP/1.1",
          "host: test",
          "connection: Upgrade",
          "upgrade: websocket",
          "sec-websocket-version: 13",
          "sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==",
          "",
          "");

  /** What the server's side heard, in order. */
  private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();

  private final BlockingQueue<WebSocketConnection> opened = new LinkedBlockingQueue<>();

  /** What the client's side heard, in order. */
  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

  private @Nullable HttpServer server;
  private @Nullable HttpClient client;

  private final class Echo implements WebSocketListener {
    private @Nullable WebSocketConnection connection;

    @Override
    public void opened(WebSocketConnection connection) {
      this.connection = connection;
      connection.send("welcome");
      opened.add(connection);
    }

    @Override
    public void text(String message) {
      if (message.equals("fail")) {
        throw new IllegalStateException("secret detail");
      }
      heard.add(message);
      Objects.requireNonNull(connection).send("echo " + message);
    }

    @Override
    public void closed(int code, String reason) {
      heard.add("closed " + code + " " + reason);
    }
  }

  private final class Client implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        received.add(text.toString());
        text.setLength(0);
      }
      socket.request(1);
      return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
      received.add("closed " + code + " " + reason);
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      received.add("error");
    }
  }

  @BeforeEach
  void start() throws IOException {
    start(HttpSettings.loopback(0));
  }

  private void start(HttpSettings settings) throws IOException {
    stop();
    server =
        HttpServer.start(
            settings,
            request ->
                CompletableFuture.completedFuture(Response.of(200, "text/plain", "no websocket")),
            Map.of("/acs/ws", this::accept));
    client = HttpClient.newHttpClient();
  }

  private WebSocketRoute.Answer accept(Request request) {
    return request.query().contains("refuse")
        ? new WebSocketRoute.Refused(
            Response.of(400, "application/json", "{\"InactiveInstanceException\":\"gone\"}"))
        : new WebSocketRoute.Accepted(new Echo());
  }

  @AfterEach
  void stop() {
    if (client != null) {
      client.shutdownNow();
    }
    if (server != null) {
      server.close();
    }
  }

  private HttpServer server() {
    return Objects.requireNonNull(server);
  }

  private WebSocket connect(String target) throws Exception {
    return Objects.requireNonNull(client)
        .newWebSocketBuilder()
        .buildAsync(
            URI.create("ws://127.0.0.1:" + server().address().getPort() + target), new Client())
        .get(20, TimeUnit.SECONDS);
  }

  private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(queue.poll(20, TimeUnit.SECONDS), "nothing came in 20 s");
  }

  private static <T> T get(CompletableFuture<T> future) throws Exception {
    return future.get(20, TimeUnit.SECONDS);
  }

  @Test
  void texts_go_both_ways_in_order_and_the_end_is_told_once() throws Exception {
    WebSocket socket = connect("/acs/ws?clusterArn=default");
    assertThat(next(received)).isEqualTo("welcome");
    for (int i = 0; i < 1000; i++) {
      get(socket.sendText("n" + i, true));
    }
    for (int i = 0; i < 1000; i++) {
      assertThat(next(received)).isEqualTo("echo n" + i);
      assertThat(next(heard)).isEqualTo("n" + i);
    }
    get(socket.sendClose(1000, "ConnectionExpired: Reconnect to continue"));
    assertThat(next(heard)).isEqualTo("closed 1000 ConnectionExpired: Reconnect to continue");
    assertThat(next(received)).isEqualTo("closed 1000 ConnectionExpired: Reconnect to continue");
    assertThat(next(opened).send("late")).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void fragments_are_joined_and_a_message_may_be_a_mebibyte() throws Exception {
    WebSocket socket = connect("/acs/ws");
    next(received);
    String half = "é".repeat(1 << 18);
    get(socket.sendText(half, false));
    get(socket.sendText(half, true));
    assertThat(next(heard)).isEqualTo(half + half);
    assertThat(next(received)).isEqualTo("echo " + half + half);
  }

  @Test
  void a_longer_message_closes_the_connection_with_1009() throws Exception {
    for (boolean fragmented : new boolean[] {true, false}) {
      WebSocket socket = connect("/acs/ws");
      next(received);
      if (fragmented) {
        get(socket.sendText("x".repeat(1 << 20), false));
        var _ = socket.sendText("x", true);
      } else {
        var _ = socket.sendText("x".repeat((1 << 20) + 1), true);
      }
      assertThat(next(heard)).startsWith("closed ");
    }
    connect("/acs/ws");
    assertThat(next(opened).isOpen()).isFalse();
  }

  @Test
  void a_refused_upgrade_shows_its_body() {
    assertThatThrownBy(() -> connect("/acs/ws?refuse"))
        .isInstanceOfSatisfying(
            ExecutionException.class,
            e -> {
              var refusal = (WebSocketHandshakeException) Objects.requireNonNull(e.getCause());
              assertThat(refusal.getResponse().statusCode()).isEqualTo(400);
            });
  }

  @Test
  void a_refused_upgrade_is_an_ordinary_answer_and_the_connection_goes_on() throws Exception {
    try (var peer = new RawPeer(server().address())) {
      peer.send(HANDSHAKE.replace("a=b", "refuse"));
      var answer = peer.read();
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.body()).isEqualTo("{\"InactiveInstanceException\":\"gone\"}");
      peer.send(
          HANDSHAKE.replace("Version: 13", "Version: 12").replace("version: 13", "version: 8"));
      assertThat(peer.read().headers()).containsEntry("sec-websocket-version", "13");
      peer.send(HANDSHAKE.replace("dGhl", ""));
      assertThat(peer.read().status()).isEqualTo(400);
      peer.send(HANDSHAKE.replace("/acs/ws", "/elsewhere"));
      assertThat(peer.read().body()).isEqualTo("no websocket");
      peer.send(HANDSHAKE);
      assertThat(peer.read().headers())
          .containsEntry("sec-websocket-accept", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
      assertThat(new String(peer.octets(9), ISO_8859_1)).isEqualTo("\u0081\u0007welcome");
    }
  }

  @Test
  void frames_sent_along_with_the_handshake_are_heard() throws Exception {
    try (var peer = new RawPeer(server().address())) {
      peer.send(HANDSHAKE + "\u0081\u0082\u0000\u0000\u0000\u0000hi");
      assertThat(next(heard)).isEqualTo("hi");
    }
  }

  @Test
  void frames_against_the_protocol_end_the_connection_with_its_code() throws Exception {
    var frames =
        Map.of(
            "\u0081\u0002hi", 1002, // not masked
            "\u00c1\u0082\u0000\u0000\u0000\u0000hi", 1002, // a reserved bit
            "\u0083\u0082\u0000\u0000\u0000\u0000hi", 1002, // a reserved opcode
            "\u0081\u0082\u0000\u0000\u0000\u0000\u00c3(", 1007, // not UTF-8
            "\u0082\u0082\u0000\u0000\u0000\u0000hi", 1003); // not text
    for (var row : frames.entrySet()) {
      try (var peer = new RawPeer(server().address())) {
        peer.send(HANDSHAKE);
        peer.read();
        peer.octets(9);
        peer.send(row.getKey());
        byte[] close = peer.octets(4);
        assertThat(close[0]).isEqualTo((byte) 0x88);
        int code = ((close[2] & 0xff) << 8) | (close[3] & 0xff);
        assertThat(code).as("%s", row).isEqualTo(row.getValue());
      }
      assertThat(next(heard)).startsWith("closed ");
    }
  }

  @Test
  void a_listener_that_throws_loses_its_own_connection_only() throws Exception {
    WebSocket bad = connect("/acs/ws");
    WebSocket good = connect("/acs/ws");
    next(received);
    next(received);
    get(bad.sendText("fail", true));
    assertThat(next(received)).isEqualTo("closed 1011 The message could not be served.");
    get(good.sendText("still here", true));
    assertThat(next(received)).isEqualTo("echo still here");
  }

  @Test
  void the_server_may_close_with_a_code_and_a_reason_cut_to_what_a_frame_holds() throws Exception {
    connect("/acs/ws");
    next(received);
    WebSocketConnection connection = next(opened);
    connection.close(4000, "ä".repeat(200));
    assertThat(next(received)).isEqualTo("closed 4000 " + "ä".repeat(61));
    assertThat(next(heard)).startsWith("closed 4000 ");
    assertThat(connection.isOpen()).isFalse();
    connection.close(1000, "again");
    assertThat(connection.send("late")).isFalse();
    assertThat(heard).isEmpty();
  }

  @Test
  void a_peer_that_does_not_read_is_dropped_when_its_queue_is_full() throws Exception {
    try (var peer = new RawPeer(server().address(), 4096)) {
      peer.send(HANDSHAKE);
      WebSocketConnection connection = next(opened);
      String message = "x".repeat(100_000);
      int sent = 0;
      while (connection.send(message)) {
        assertThat(++sent).as("messages taken before the queue is full").isLessThan(1000);
      }
      assertThat(sent).isGreaterThanOrEqualTo(80);
      assertThat(next(heard)).isEqualTo("closed 1006 The peer does not read what it is sent.");
      assertThat(connection.send("one more")).isFalse();
    }
  }

  @Test
  void a_silent_peer_is_pinged_and_then_dropped() throws Exception {
    start(
        HttpSettings.loopback(0)
            .withWebSockets(new WebSockets(1 << 20, 1 << 20, Duration.ofMillis(300))));
    try (var peer = new RawPeer(server().address())) {
      peer.send(HANDSHAKE);
      peer.read();
      peer.octets(9);
      assertThat(peer.octets(2)).as("a ping").containsExactly((byte) 0x89, 0);
      assertThat(next(heard)).isEqualTo("closed 1006 The peer is silent.");
      assertThat(peer.closes()).isTrue();
    }
  }

  @Test
  void a_peer_that_answers_pings_stays_and_its_own_pings_are_answered() throws Exception {
    start(
        HttpSettings.loopback(0)
            .withWebSockets(new WebSockets(1 << 20, 1 << 20, Duration.ofMillis(400))));
    WebSocket socket = connect("/acs/ws");
    next(received);
    get(socket.sendPing(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    // The JDK's client answers pings by itself; four times the limit must not end the connection.
    assertThat(heard.poll(3, TimeUnit.SECONDS)).isNull();
    get(socket.sendText("here", true));
    assertThat(next(received)).isEqualTo("echo here");
  }

  @Test
  void closing_the_server_says_that_it_goes_away() throws Exception {
    connect("/acs/ws");
    next(received);
    server().close();
    assertThat(next(received)).isEqualTo("closed 1001 The server is going away.");
    assertThat(next(heard)).startsWith("closed 1001");
  }
}
