package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** Docker Engine's own API, for what the agent's client has no need of: Swarm. */
final class EngineApi {
  private static final Path SOCKET = Path.of("/var/run/docker.sock");

  private EngineApi() {}

  /**
   * One call on a connection of its own.
   *
   * @throws IOException it was refused
   */
  static Json call(String method, String path, Json body) throws IOException {
    byte[] content = (body.isNull() ? "" : body.write()).getBytes(UTF_8);
    String head =
        method
            + " /v1.41"
            + path
            + " HTTP/1.0\r\nHost: engine\r\nContent-Type: application/json\r\nContent-Length: "
            + content.length
            + "\r\n\r\n";
    try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(SOCKET))) {
      write(channel, head.getBytes(ISO_8859_1));
      write(channel, content);
      String answer = new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
      int end = answer.indexOf("\r\n\r\n");
      int status = end < 0 ? 0 : Integer.parseInt(answer.substring(9, 12));
      if (status < 200 || status > 299) {
        throw new IOException(method + ' ' + path + ": " + answer);
      }
      String document = answer.substring(end + 4).strip();
      return document.isEmpty() ? Json.none() : Json.parse(document);
    }
  }

  private static void write(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }
}
