package dev.longshore.server.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TlsTest {
  private static final byte[] LARGE = new byte[5 << 20];

  @TempDir private static Path keys;
  private static Certificates first;
  private static Certificates second;

  @TempDir private Path directory;
  private @Nullable HttpServer server;

  private final HttpRoute route =
      new HttpRoute() {
        @Override
        public boolean streams(String method, String target) {
          return method.equals("PUT");
        }

        @Override
        public CompletionStage<Response> answer(Request request) {
          return CompletableFuture.supplyAsync(() -> answered(request));
        }
      };

  @BeforeAll
  static void make() throws Exception {
    new Random(1).nextBytes(LARGE);
    first = Certificates.in(keys, "first", "EC");
    second = Certificates.in(keys, "second", "RSA");
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  /** The bytes of a large file, or those that were sent. */
  private Response answered(Request request) {
    try {
      if (request.path().equals("/file")) {
        return Response.streamed(200, List.of(), new Large(Files.write(file(), LARGE)));
      }
      var bytes = new ByteArrayOutputStream();
      if (request.stream() != null) {
        request.stream().into(piece -> Channels.newChannel(bytes).write(piece));
      }
      return Response.of(200, "application/octet-stream", bytes.toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path file() {
    return directory.resolve("large");
  }

  private record Large(FileChannel file) implements Content {
    Large(Path path) throws IOException {
      this(FileChannel.open(path));
    }

    @Override
    public long length() {
      return LARGE.length;
    }

    @Override
    public void read(long from, ByteBuffer into) throws IOException {
      file.read(into, from);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  private Tls start(Path certificate, Path key) throws IOException {
    Tls tls = Tls.of(certificate, key);
    server = HttpServer.start(HttpSettings.loopback(0).withTls(tls), route, Map.of());
    return tls;
  }

  private URI at(String path) {
    return URI.create("https://127.0.0.1:" + requireNonNull(server).address().getPort() + path);
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP_1_1", "HTTP_2"})
  void both_protocols_are_spoken_as_clients_ask_for_them(Version version) throws Exception {
    start(first.pem(), first.key());
    try (HttpClient client = first.client().version(version).build()) {
      var put = HttpRequest.newBuilder(at("/")).PUT(BodyPublishers.ofByteArray(LARGE)).build();
      HttpResponse<byte[]> echoed = client.send(put, BodyHandlers.ofByteArray());
      assertThat(echoed.version()).isEqualTo(version);
      assertThat(echoed.body()).isEqualTo(LARGE);
      var get = HttpRequest.newBuilder(at("/file")).build();
      HttpResponse<byte[]> got = client.send(get, BodyHandlers.ofByteArray());
      assertThat(got.version()).isEqualTo(version);
      assertThat(got.body()).isEqualTo(LARGE);
    }
  }

  private int status(Certificates trusted) throws Exception {
    try (HttpClient client = trusted.client().build()) {
      var get = HttpRequest.newBuilder(at("/")).build();
      return client.send(get, BodyHandlers.discarding()).statusCode();
    }
  }

  @ParameterizedTest
  @CsvSource({"EC", "RSA", "Ed25519"})
  void keys_of_any_kind_are_taken(String algorithm) throws Exception {
    Certificates made = Certificates.in(directory, "any", algorithm);
    start(made.pem(), made.key());
    assertThat(status(made)).isEqualTo(200);
  }

  @Test
  void a_peer_without_tls_is_told_so_and_others_are_served() throws Exception {
    start(first.pem(), first.key());
    try (var peer = new Socket()) {
      peer.connect(requireNonNull(server).address());
      peer.setSoTimeout(10_000);
      peer.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertThat(new String(peer.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1))
          .startsWith("HTTP/1.1 400 Bad Request\r\n")
          .contains("\r\n\r\nThis port speaks TLS: call it by https://");
    }
    assertThatThrownBy(() -> status(second)).isInstanceOf(SSLHandshakeException.class);
    assertThat(status(first)).isEqualTo(200);
  }

  @Test
  void a_certificate_that_is_replaced_is_shown_to_who_comes_then() throws Exception {
    Path pem = Files.copy(first.pem(), directory.resolve("pem"));
    Path key = Files.copy(first.key(), directory.resolve("key"));
    Tls tls = start(pem, key);
    Files.copy(second.pem(), pem, StandardCopyOption.REPLACE_EXISTING);
    tls.look();
    assertThat(status(first)).as("with one file of the new pair alone").isEqualTo(200);
    Files.copy(second.key(), key, StandardCopyOption.REPLACE_EXISTING);
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (isTrustedBy(first) && System.nanoTime() < end) {
      // Connections themselves have the files looked at.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
    assertThat(status(second)).isEqualTo(200);
  }

  private boolean isTrustedBy(Certificates certificates) throws Exception {
    try {
      return status(certificates) == 200;
    } catch (SSLHandshakeException e) {
      return false;
    }
  }

  @Test
  void files_that_are_no_pair_are_refused() throws Exception {
    Path nothing = Files.writeString(directory.resolve("nothing"), "nothing");
    Path absent = directory.resolve("absent");
    Certificates other = Certificates.in(directory, "other", "EC");
    assertThatThrownBy(() -> Tls.of(first.pem(), other.key()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("is not the key of");
    for (Path wrong : List.of(nothing, absent, second.key())) {
      assertThatThrownBy(() -> Tls.of(first.pem(), wrong)).isInstanceOf(IOException.class);
    }
    for (Path wrong : List.of(nothing, absent, first.key())) {
      assertThatThrownBy(() -> Tls.of(wrong, first.key())).isInstanceOf(IOException.class);
    }
  }
}
