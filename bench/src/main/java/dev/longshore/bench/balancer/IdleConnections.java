package dev.longshore.bench.balancer;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;

/** Connections that had one answer each and are kept open since. */
final class IdleConnections implements AutoCloseable {
  private static final ByteBuffer REQUEST =
      StandardCharsets.US_ASCII
          .encode("GET / HTTP/1.1\r\nHost: bench.local\r\nUser-Agent: bench\r\nAccept: */*\r\n\r\n")
          .asReadOnlyBuffer();

  private final Deque<SocketChannel> open = new ArrayDeque<>();
  private final ByteBuffer answer = ByteBuffer.allocate(8 << 10);

  /**
   * Opens that many, one after the other.
   *
   * @param content bytes of an answer's content
   */
  IdleConnections(int port, int number, int content) throws IOException {
    try {
      for (int i = 0; i < number; i++) {
        open.add(SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port)));
        ask(open.getLast(), content);
      }
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private void ask(SocketChannel connection, int content) throws IOException {
    ByteBuffer request = REQUEST.duplicate();
    while (request.hasRemaining()) {
      connection.write(request);
    }
    answer.clear();
    while (!isWhole(content)) {
      if (connection.read(answer) < 0) {
        throw new IOException("a connection ended that was to stay idle");
      }
    }
  }

  private boolean isWhole(int content) {
    String text = new String(answer.array(), 0, answer.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    return end >= 0 && text.length() >= end + 4 + content;
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel each : open) {
      each.close();
    }
  }
}
