package dev.longshore.agent.docker;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine that answers, byte by byte, what a test tells it to, on a UNIX socket. Scripts are
 * found by method and path without query.
 */
final class FakeEngine implements AutoCloseable {
  interface Script {
    void answer(Received request, Wire wire) throws Exception;
  }

  /** A request's head, and its body if it came with a length. */
  record Received(String line, List<String> headers, String body) {
    String header(String name) {
      var prefix = name.toLowerCase(java.util.Locale.ROOT) + ": ";
      return headers.stream()
          .filter(h -> h.regionMatches(true, 0, prefix, 0, prefix.length()))
          .map(h -> h.substring(prefix.length()))
          .findFirst()
          .orElse("");
    }
  }

  private final Path directory;
  private final ServerSocketChannel listener;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Map<String, Script> scripts = new ConcurrentHashMap<>();
  private final List<SocketChannel> open = new CopyOnWriteArrayList<>();
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();

  FakeEngine() throws IOException {
    directory = Files.createTempDirectory("fake-engine");
    listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket()));
    speaks("1.41", "1.12");
    var _ = threads.submit(this::accept);
  }

  private Path socket() {
    return directory.resolve("engine.sock");
  }

  EngineAddress address() {
    return new EngineAddress.Socket(socket());
  }

  void speaks(String newest, String oldest) {
    on(
        "GET /version",
        (request, wire) ->
            wire.json(
                200, "{\"ApiVersion\":\"%s\",\"MinAPIVersion\":\"%s\"}".formatted(newest, oldest)));
  }

  void on(String methodAndPath, Script script) {
    scripts.put(methodAndPath, script);
  }

  int connections() {
    return connections.get();
  }

  List<String> lines() {
    return received.stream().map(Received::line).toList();
  }

  List<Received> received() {
    return received;
  }

  private void accept() {
    try {
      while (true) {
        var channel = listener.accept();
        connections.incrementAndGet();
        open.add(channel);
        var _ = threads.submit(() -> serve(channel));
      }
    } catch (ClosedChannelException closed) {
      // The test is over.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Void serve(SocketChannel channel) throws Exception {
    try (channel) {
      var in = Channels.newInputStream(channel);
      while (true) {
        var request = read(in);
        received.add(request);
        var words = request.line().split(" ", 3);
        var script = scripts.get(words[0] + " " + words[1].replaceFirst("\\?.*", ""));
        var wire = new Wire(channel, in);
        if (script == null) {
          wire.json(404, "{\"message\":\"page not found\"}");
        } else {
          script.answer(request, wire);
        }
      }
    } catch (EOFException | ClosedChannelException gone) {
      return null;
    }
  }

  private static Received read(InputStream in) throws IOException {
    var line = line(in);
    var headers = new ArrayList<String>();
    for (var header = line(in); !header.isEmpty(); header = line(in)) {
      headers.add(header);
    }
    var head = new Received(line, headers, "");
    var length = head.header("Content-Length");
    if (length.isEmpty()) {
      return head;
    }
    var body = in.readNBytes(Integer.parseInt(length));
    return new Received(line, headers, new String(body, StandardCharsets.UTF_8));
  }

  private static String line(InputStream in) throws IOException {
    var line = new ByteArrayOutputStream();
    for (var b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new EOFException();
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    for (var channel : open) {
      channel.close();
    }
    threads.close();
    Files.deleteIfExists(socket());
    Files.delete(directory);
  }

  /** One connection, in the hands of a script. */
  record Wire(SocketChannel channel, InputStream in) {
    void raw(String text) throws IOException {
      raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    void raw(byte[] bytes) throws IOException {
      var buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    void json(int status, String body) throws IOException {
      raw(
          "HTTP/1.1 %d Said\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
              .formatted(status, body.length(), body));
    }

    void chunkedHead() throws IOException {
      raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    }

    void chunk(String text) throws IOException {
      raw("%x\r\n%s\r\n".formatted(text.length(), text));
    }

    void close() throws IOException {
      channel.close();
    }

    /** Waits until the client goes away. */
    void awaitGone() {
      try {
        while (in.read() >= 0) {
          // What it still says does not matter.
        }
      } catch (IOException reset) {
        // It went without having read everything.
      }
    }
  }
}
