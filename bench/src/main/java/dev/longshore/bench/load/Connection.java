package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** A kept-alive HTTP/1.1 connection for one call at a time. */
final class Connection implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 60_000;
  private static final String LENGTH = "content-length:";

  private final Socket socket;
  private byte[] buffer = new byte[64 * 1024];
  private int filled;

  Connection(URI endpoint) throws IOException {
    socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()), TIMEOUT_MILLIS);
  }

  /**
   * Makes the call and returns the body of its answer.
   *
   * @throws IOException if the answer is not 200, or does not come
   */
  String call(ApiCall call) throws IOException {
    call.writeTo(socket.getOutputStream());
    filled = 0;
    int head = readHead();
    String lines = new String(buffer, 0, head, ISO_8859_1);
    int end = head + contentLength(lines);
    while (filled < end) {
      more();
    }
    String body = new String(buffer, head, end - head, UTF_8);
    if (!lines.startsWith("HTTP/1.1 200")) {
      throw new SocketException(lines.substring(0, lines.indexOf('\r')) + ": " + body);
    }
    return body;
  }

  private int readHead() throws IOException {
    int from = 0;
    while (true) {
      more();
      for (int at = from; at + 3 < filled; at++) {
        if (buffer[at] == '\r' && buffer[at + 2] == '\r') {
          return at + 4;
        }
      }
      from = Math.max(0, filled - 3);
    }
  }

  private void more() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    InputStream in = socket.getInputStream();
    int count = in.read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      throw new EOFException("the server closed the connection");
    }
    filled += count;
  }

  private static int contentLength(String head) throws IOException {
    int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      throw new SocketException("an answer without content-length: " + head);
    }
    int start = at + LENGTH.length();
    return Integer.parseInt(head.substring(start, head.indexOf('\r', start)).strip());
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
