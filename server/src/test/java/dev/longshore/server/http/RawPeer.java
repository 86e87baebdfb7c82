package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client that sends whatever bytes a test wants, and reads answers by the letter. */
final class RawPeer implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;

  record Answer(int status, Map<String, String> headers, String body) {}

  RawPeer(InetSocketAddress server) throws IOException {
    this(server, 0);
  }

  RawPeer(InetSocketAddress server, int receiveBuffer) throws IOException {
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.connect(server);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawPeer send(String text) throws IOException {
    return send(text.getBytes(ISO_8859_1));
  }

  RawPeer send(byte[] octets) throws IOException {
    socket.getOutputStream().write(octets);
    socket.getOutputStream().flush();
    return this;
  }

  RawPeer sendRequest(String method, String path, String body) throws IOException {
    return send(
        method
            + " "
            + path
            + " HTTP/1.1\r\nhost: test\r\ncontent-length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  Answer read() throws IOException {
    return read(true);
  }

  Answer read(boolean withBody) throws IOException {
    String[] status = line().split(" ", 3);
    var headers = new TreeMap<String, String>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = withBody ? Integer.parseInt(headers.getOrDefault("content-length", "0")) : 0;
    return new Answer(Integer.parseInt(status[1]), headers, new String(octets(length), ISO_8859_1));
  }

  byte[] octets(int count) throws IOException {
    byte[] octets = in.readNBytes(count);
    if (octets.length < count) {
      throw new EOFException(
          "The server closed after " + octets.length + " of " + count + " bytes.");
    }
    return octets;
  }

  /**
   * Reads until the server closes; whether it closed, by an end or a reset, within the time-out.
   */
  boolean closes() throws IOException {
    try {
      in.skipNBytes(Long.MAX_VALUE);
      return false;
    } catch (EOFException e) {
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return "Connection reset".equals(e.getMessage());
    }
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new EOFException("The server closed within a line: " + line.toString(ISO_8859_1));
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
