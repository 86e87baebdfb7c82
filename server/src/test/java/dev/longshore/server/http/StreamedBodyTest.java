package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamedBodyTest {
  @TempDir private Path directory;

  private final CountDownLatch gate = new CountDownLatch(1);
  private final CompletableFuture<String> outcome = new CompletableFuture<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable HttpServer server;

  private final HttpRoute route =
      new HttpRoute() {
        @Override
        public boolean streams(String method, String target) {
          return target.startsWith("/in");
        }

        @Override
        public CompletionStage<Response> answer(Request request) {
          if (request.path().equals("/in/at-once")) {
            return CompletableFuture.completedFuture(Response.of(200, "text/plain", "at once"));
          }
          return CompletableFuture.supplyAsync(
              () -> respond(request), task -> Thread.ofVirtual().start(task));
        }
      };

  private Response respond(Request request) {
    try {
      return switch (request.path()) {
        case "/in" -> Response.of(200, "text/plain", digest(request));
        case "/in/gated" -> {
          gate.await();
          yield Response.of(200, "text/plain", digest(request));
        }
        case "/in/refused" -> Response.of(400, "text/plain", "no");
        case "/out" -> Response.streamed(200, List.of(), new Part(directory.resolve("f"), false));
        case "/out/copied" ->
            Response.streamed(200, List.of(), new Part(directory.resolve("f"), true));
        default -> Response.of(200, "text/plain", "plain");
      };
    } catch (IOException | InterruptedException e) {
      outcome.complete(String.valueOf(e.getMessage()));
      return Response.of(500, "text/plain", "cut");
    }
  }

  private static String digest(Request request) throws IOException {
    MessageDigest sha = Hashing.sha256();
    BodyStream body = request.stream();
    assertThat(body).isNotNull();
    if (body != null) {
      body.into(sha::update);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  /** The file without its first byte. */
  private final class Part implements Content {
    private final FileChannel channel;
    private final boolean copied;

    Part(Path path, boolean copied) throws IOException {
      channel = FileChannel.open(path);
      this.copied = copied;
    }

    @Override
    public long length() {
      try {
        return channel.size() - 1;
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void read(long from, ByteBuffer into) throws IOException {
      while (into.hasRemaining() && channel.read(into, from + 1 + into.position()) >= 0) {}
    }

    @Override
    public @Nullable FileChannel file() {
      return copied ? null : channel;
    }

    @Override
    public long offset() {
      return 1;
    }

    @Override
    public void close() throws IOException {
      channel.close();
      closed.countDown();
    }
  }

  private InetSocketAddress start() throws IOException {
    server = HttpServer.start(HttpSettings.loopback(0), route, Map.of());
    return server.address();
  }

  private Socket connect() throws IOException {
    InetSocketAddress address = start();
    return new Socket(address.getAddress(), address.getPort());
  }

  @AfterEach
  void stop() {
    gate.countDown();
    if (server != null) {
      server.close();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void a_body_far_beyond_the_limit_of_bodies_reaches_its_route_piece_by_piece(Version version)
      throws Exception {
    URI at = URI.create("http://127.0.0.1:" + start().getPort() + "/in");
    byte[] sent = bytes(20 << 20);
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      // An upgrade to HTTP/2 is made with the first request, which must be a small one.
      client.send(HttpRequest.newBuilder(at.resolve("/")).build(), BodyHandlers.discarding());
      for (int round = 0; round < 2; round++) {
        var put =
            HttpRequest.newBuilder(at)
                .PUT(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(sent)))
                .build();
        var answer = client.send(put, BodyHandlers.ofString());
        assertThat(answer.version()).isEqualTo(version);
        assertThat(answer.body())
            .isEqualTo(HexFormat.of().formatHex(Hashing.sha256().digest(sent)));
      }
    }
  }

  @Test
  void a_request_whose_end_came_with_its_head_leaves_the_connection_open() throws Exception {
    try (var peer = new RawPeer(start())) {
      for (int i = 0; i < 3; i++) {
        var answer = peer.sendRequest("POST", "/in/at-once", i == 1 ? "short" : "").read();
        assertThat(answer.body()).isEqualTo("at once");
        assertThat(answer.headers()).doesNotContainKey("connection");
      }
    }
  }

  @Test
  void a_peer_is_held_back_while_the_route_does_not_read() throws Exception {
    InetSocketAddress address = start();
    byte[] sent = bytes(64 << 20);
    try (SocketChannel peer = SocketChannel.open(address);
        Selector selector = Selector.open()) {
      String head = "PUT /in/gated HTTP/1.1\r\nHost: x\r\nContent-Length: " + sent.length;
      peer.write(ByteBuffer.wrap((head + "\r\n\r\n").getBytes(ISO_8859_1)));
      peer.configureBlocking(false);
      peer.register(selector, SelectionKey.OP_WRITE);
      ByteBuffer body = ByteBuffer.wrap(sent);
      while (selector.select(500) > 0) {
        selector.selectedKeys().clear();
        peer.write(body);
      }
      assertThat(body.position()).isLessThan(32 << 20);
      gate.countDown();
      while (body.hasRemaining() && selector.select(20_000) > 0) {
        selector.selectedKeys().clear();
        peer.write(body);
      }
      assertThat(read(peer)).contains(HexFormat.of().formatHex(Hashing.sha256().digest(sent)));
    }
  }

  private static String read(SocketChannel peer) throws IOException {
    try (Selector selector = Selector.open()) {
      peer.register(selector, SelectionKey.OP_READ);
      ByteBuffer answer = ByteBuffer.allocate(4096);
      String text = "";
      while (!text.contains("\r\n\r\n") && selector.select(20_000) > 0) {
        selector.selectedKeys().clear();
        peer.read(answer);
        text = new String(answer.array(), 0, answer.position(), ISO_8859_1);
      }
      return text;
    }
  }

  @Test
  void a_route_is_told_when_the_peer_goes_away_in_the_middle() throws Exception {
    try (Socket peer = connect()) {
      String head = "PUT /in HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc";
      peer.getOutputStream().write(head.getBytes(ISO_8859_1));
    }
    assertThat(outcome.get(20, TimeUnit.SECONDS)).contains("went away");
  }

  @Test
  void a_body_that_nobody_reads_is_answered_at_once_and_ends_the_connection() throws Exception {
    try (Socket peer = connect()) {
      String head = "PUT /in/refused HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\nabc";
      peer.getOutputStream().write(head.getBytes(ISO_8859_1));
      String answer = new String(peer.getInputStream().readNBytes(12), ISO_8859_1);
      assertThat(answer).isEqualTo("HTTP/1.1 400");
      peer.getOutputStream().write(new byte[100_000 - 3]);
      byte[] rest = peer.getInputStream().readAllBytes();
      assertThat(new String(rest, ISO_8859_1)).contains("connection: close").endsWith("no");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void an_answer_is_read_from_its_file_as_it_is_sent(Version version) throws Exception {
    byte[] held = bytes(9_000_001);
    Files.write(directory.resolve("f"), held);
    URI at = URI.create("http://127.0.0.1:" + start().getPort());
    try (HttpClient client = HttpClient.newBuilder().version(version).build()) {
      for (String path : List.of("/out", "/out/copied")) {
        var request = HttpRequest.newBuilder(at.resolve(path)).build();
        var first = client.sendAsync(request, BodyHandlers.ofByteArray());
        var second = client.sendAsync(request, BodyHandlers.ofByteArray());
        for (var answer : List.of(first, second)) {
          byte[] got = answer.get(30, TimeUnit.SECONDS).body();
          assertThat(Arrays.equals(got, 0, 9_000_000, held, 1, held.length)).isTrue();
        }
      }
    }
  }

  @Test
  void answers_stay_in_order_behind_one_that_is_read_from_a_file() throws Exception {
    Files.write(directory.resolve("f"), "xhello".getBytes(ISO_8859_1));
    try (Socket peer = connect()) {
      String two = "GET /out HTTP/1.1\r\nHost: x\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n";
      peer.getOutputStream().write((two + "Connection: close\r\n\r\n").getBytes(ISO_8859_1));
      String all = new String(peer.getInputStream().readAllBytes(), ISO_8859_1);
      assertThat(all).containsSubsequence("content-length: 5", "hello", "HTTP/1.1 200", "plain");
    }
  }

  @Test
  void a_content_is_closed_when_its_reader_goes_away() throws Exception {
    Files.write(directory.resolve("f"), bytes(50 << 20));
    try (Socket peer = connect()) {
      peer.getOutputStream().write("GET /out HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(ISO_8859_1));
      assertThat(peer.getInputStream().read()).isEqualTo('H');
    }
    assertThat(closed.await(20, TimeUnit.SECONDS)).isTrue();
  }

  private static final class Hashing {
    static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (java.security.NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
