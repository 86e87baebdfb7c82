package dev.longshore.server.identity;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Sends requests as they are, one after the other on one connection, which is made anew if cut. */
final class KeptConnection implements AutoCloseable {
  private final URI endpoint;
  private @Nullable Socket socket;
  private InputStream in = InputStream.nullInputStream();

  KeptConnection(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** An answer's status, and its body as text. */
  record Answer(int status, String body) {}

  Answer exchange(byte[] request) throws IOException {
    Socket open = socket;
    if (open == null) {
      open = new Socket(endpoint.getHost(), endpoint.getPort());
      open.setTcpNoDelay(true);
      socket = open;
      in = new BufferedInputStream(open.getInputStream());
    }
    open.getOutputStream().write(request);
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    boolean last = false;
    for (String field = line(); !field.isEmpty(); field = line()) {
      String lower = field.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      }
      last |= lower.startsWith("connection:") && lower.endsWith("close");
    }
    String body = new String(in.readNBytes(length), ISO_8859_1);
    if (last) {
      close();
    }
    return new Answer(status, body);
  }

  private String line() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("the server cut the connection after: " + line);
      }
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    Socket open = socket;
    if (open != null) {
      open.close();
      socket = null;
    }
  }
}
