package dev.longshore.bench.registry;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;

/** A kept-alive HTTP/1.1 connection to a registry; bodies are counted and thrown away. */
final class Line implements AutoCloseable {
  private final URI endpoint;
  private final String authorization;
  private final SocketChannel channel;
  private final ByteBuffer in = ByteBuffer.allocateDirect(1 << 20);
  private final ByteBuffer noise;

  /**
   * @param noise a view of {@link Blob#noise} of this line's own
   */
  Line(Contender contender, ByteBuffer noise) throws IOException {
    this.endpoint = contender.endpoint();
    this.authorization = contender.authorization();
    this.noise = noise;
    channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.connect(new InetSocketAddress(endpoint.getHost(), endpoint.getPort()));
  }

  /** Stores a blob as most clients do: POST, then PUT of all of it. */
  void push(String repository, Blob blob) throws IOException {
    head("POST", "/v2/" + repository + "/blobs/uploads/", 0);
    String location = field(answer(202, true), "location");
    URI at = endpoint.resolve(location);
    String query = (at.getRawQuery() == null ? "?" : "?" + at.getRawQuery() + '&');
    head("PUT", at.getRawPath() + query + "digest=" + blob.digest(), blob.length());
    try {
      write(ByteBuffer.wrap(blob.start().getBytes(ISO_8859_1)));
      for (int i = 0; i < blob.repeats(); i++) {
        write(noise.rewind());
      }
    } catch (IOException e) {
      // The registry may have said why it takes no more.
      answer(201, true);
      throw e;
    }
    answer(201, true);
  }

  /** Reads a body; returns how many bytes it had. */
  long get(String path) throws IOException {
    head("GET", path, 0);
    return Long.parseLong(field(answer(200, true), "content-length"));
  }

  void head(String path) throws IOException {
    head("HEAD", path, 0);
    answer(200, false);
  }

  private void head(String method, String path, long length) throws IOException {
    String text =
        method
            + ' '
            + path
            + " HTTP/1.1\r\nHost: "
            + endpoint.getAuthority()
            + "\r\n"
            + (authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n")
            + "Accept: application/vnd.oci.image.manifest.v1+json\r\nContent-Length: "
            + length
            + "\r\n\r\n";
    write(ByteBuffer.wrap(text.getBytes(ISO_8859_1)));
  }

  private void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** The head of the answer, in lower case but for its values. */
  private String answer(int status, boolean body) throws IOException {
    in.clear();
    int end;
    while ((end = headEnd()) < 0) {
      more();
    }
    byte[] bytes = new byte[end];
    in.get(0, bytes);
    String head = new String(bytes, ISO_8859_1);
    if (!head.startsWith("HTTP/1.1 " + status)) {
      throw new IOException("expected " + status + ", got " + head);
    }
    long left = body ? Long.parseLong(field(head, "content-length")) - (in.position() - end) : 0;
    while (left > 0) {
      in.clear();
      left -= more();
    }
    return head;
  }

  private int headEnd() {
    for (int at = 0; at + 3 < in.position(); at++) {
      if (in.get(at) == '\r' && in.get(at + 2) == '\r') {
        return at + 4;
      }
    }
    return -1;
  }

  private int more() throws IOException {
    int count = channel.read(in);
    if (count < 0) {
      throw new EOFException("the registry closed the connection");
    }
    return count;
  }

  private static String field(String head, String name) {
    int at = head.toLowerCase(Locale.ROOT).indexOf("\r\n" + name + ':');
    if (at < 0) {
      return "0";
    }
    int start = at + name.length() + 3;
    return head.substring(start, head.indexOf('\r', start)).strip();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
