package dev.longshore.server.fleet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.shapes.Blob;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** One connection of the scripted agent: HTTP/1.1 by the letter, and frames after an upgrade. */
final class AgentSocket implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int PATIENCE_MILLIS = 20_000;
  private static final byte[] MASK = {7, 77, 13, 99};

  private final Socket socket = new Socket();
  private final InputStream in;
  private final OutputStream out;

  /** An HTTP answer; header names are in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {}

  /** A frame; the reason of a close frame follows its code. */
  record Frame(int opcode, Blob payload) {
    String text() {
      return new String(payload.toBytes(), UTF_8);
    }

    /** The code and reason of a close frame. */
    String closing() {
      ByteBuffer bytes = ByteBuffer.wrap(payload.toBytes());
      return bytes.getShort() + " " + UTF_8.decode(bytes);
    }
  }

  AgentSocket(URI server) throws IOException {
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  void write(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  Answer answer() throws IOException {
    String[] status = line().split(" ", 3);
    Map<String, String> headers = new TreeMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    return new Answer(
        Integer.parseInt(status[1]), headers, new String(in.readNBytes(length), UTF_8));
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
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

  /** Sends a text frame; single quotes stand for double ones. */
  void send(String text) throws IOException {
    frame(true, TEXT, text.replace('\'', '"').getBytes(UTF_8));
  }

  /** Sends one masked frame, as clients must. */
  void frame(boolean last, int opcode, byte[] payload) throws IOException {
    ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write((last ? 0x80 : 0) | opcode);
    if (payload.length < 126) {
      frame.write(0x80 | payload.length);
    } else if (payload.length < 65_536) {
      frame.write(0x80 | 126);
      frame.writeBytes(ByteBuffer.allocate(2).putShort((short) payload.length).array());
    } else {
      frame.write(0x80 | 127);
      frame.writeBytes(ByteBuffer.allocate(8).putLong(payload.length).array());
    }
    frame.writeBytes(MASK);
    for (int at = 0; at < payload.length; at++) {
      frame.write(payload[at] ^ MASK[at % MASK.length]);
    }
    write(frame.toByteArray());
  }

  /** The next frame, whatever it is; servers send theirs whole and unmasked. */
  Frame frame() throws IOException {
    int first = octet();
    int second = octet();
    if ((first & 0xF0) != 0x80 || (second & 0x80) != 0) {
      throw new IOException("Not a whole, unmasked frame: " + first + " " + second);
    }
    long length = second;
    if (second == 126) {
      length = ByteBuffer.wrap(in.readNBytes(2)).getShort() & 0xFFFF;
    } else if (second == 127) {
      length = ByteBuffer.wrap(in.readNBytes(8)).getLong();
    }
    return new Frame(first & 0xF, Blob.of(in.readNBytes((int) length)));
  }

  private int octet() throws IOException {
    int octet = in.read();
    if (octet < 0) {
      throw new EOFException("The server closed the connection.");
    }
    return octet;
  }

  /** The next text frame; pings are answered on the way, as Go's client answers them. */
  String text() throws IOException {
    while (true) {
      Frame frame = frame();
      switch (frame.opcode()) {
        case TEXT -> {
          return frame.text();
        }
        case PING -> frame(true, PONG, frame.payload().toBytes());
        default -> throw new IOException("Frame " + frame.opcode() + ": " + frame.text());
      }
    }
  }

  /** The next message of that type; others are passed over. */
  String message(String type) throws IOException {
    while (true) {
      String text = text();
      if (text.startsWith("{\"type\":\"" + type + "\",")) {
        return text;
      }
    }
  }

  /** All texts until the message of that type, this one included. */
  List<String> until(String type) throws IOException {
    List<String> texts = new ArrayList<>();
    while (true) {
      texts.add(text());
      if (texts.getLast().startsWith("{\"type\":\"" + type + "\",")) {
        return texts;
      }
    }
  }

  /** Code and reason of the close frame that comes; texts before it are passed over. */
  String closing() throws IOException {
    while (true) {
      Frame frame = frame();
      if (frame.opcode() == CLOSE) {
        return frame.closing();
      }
    }
  }

  /** Says goodbye and waits until the server has said it too. */
  void goodbye() throws IOException {
    frame(true, CLOSE, ByteBuffer.allocate(2).putShort((short) 1000).array());
    var _ = closing();
    close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
