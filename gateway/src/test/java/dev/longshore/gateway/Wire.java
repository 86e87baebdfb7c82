package dev.longshore.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A client that sends exactly what a test says, and reads what comes. */
final class Wire implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  /** An answer, as it came. */
  record Answer(String head, String body) {
    int status() {
      return head.isEmpty() ? 0 : Integer.parseInt(head.split(" ")[1]);
    }

    String header(String name) {
      for (String line : head.split("\r\n")) {
        if (line.toLowerCase(Locale.ROOT).startsWith(name.toLowerCase(Locale.ROOT) + ":")) {
          return line.substring(name.length() + 1).strip();
        }
      }
      return "";
    }
  }

  Wire(InetSocketAddress address) throws IOException {
    this(new Socket(address.getAddress(), address.getPort()));
  }

  /** Of a connection that is there. */
  Wire(Socket socket) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    in = socket.getInputStream();
  }

  Wire send(String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  Wire sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Ends what it sends, and still reads. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a.example\r\n\r\n";
  }

  /** One answer, whose body Content-Length, chunks or the connection's end delimit. */
  Answer answer() throws IOException {
    return answer(false);
  }

  Answer answerToHead() throws IOException {
    return answer(true);
  }

  private Answer answer(boolean toHead) throws IOException {
    String head = readThrough("\r\n\r\n");
    Answer bare = new Answer(head, "");
    String length = bare.header("Content-Length");
    if (head.isEmpty() || toHead) {
      return bare;
    }
    if (!length.isEmpty()) {
      byte[] body = in.readNBytes(Integer.parseInt(length));
      return new Answer(head, new String(body, StandardCharsets.ISO_8859_1));
    }
    if (bare.header("Transfer-Encoding").equals("chunked")) {
      return new Answer(head, chunks());
    }
    if (bare.status() == 204 || bare.status() == 304 || bare.status() == 101) {
      return bare;
    }
    return new Answer(head, rest());
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    while (true) {
      String size = readThrough("\r\n").strip();
      if (size.isEmpty()) {
        throw new IOException("the body ended early after " + body.length());
      }
      byte[] chunk = in.readNBytes(Integer.parseInt(size, 16));
      body.append(new String(chunk, StandardCharsets.ISO_8859_1));
      readThrough("\r\n");
      if (chunk.length == 0) {
        return body.toString();
      }
    }
  }

  /** Everything up to and with these characters, or what there was before the end. */
  String readThrough(String end) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        break;
      }
      bytes.write(next);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  byte[] read(int bytes) throws IOException {
    return in.readNBytes(bytes);
  }

  /** Everything until the connection ends; a reset is an end, too. */
  String rest() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      in.transferTo(bytes);
    } catch (java.net.SocketTimeoutException e) {
      throw e;
    } catch (IOException reset) {
      bytes.write(0);
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
