package dev.longshore.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client of HTTP/2 with prior knowledge that sends exactly the frames that a test says, sound or
 * not.
 */
final class Frames implements AutoCloseable {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RESET = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GO_AWAY = 7;
  static final int WINDOW_UPDATE = 8;
  static final int CONTINUATION = 9;

  static final int END_STREAM = 1;
  static final int END_HEADERS = 4;

  static final int FLOW_CONTROL_ERROR = 3;
  static final int ENHANCE_YOUR_CALM = 11;

  private static final int HEAD = 9;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  private final Wire wire;

  /**
   * A frame that came.
   *
   * @param error of a GOAWAY; -1 of all others
   */
  record Frame(int type, int flags, int stream, int error) {}

  /** Opens a connection; its settings are pairs of names and values. */
  Frames(InetSocketAddress address, int... settings) throws IOException {
    wire = new Wire(address);
    wire.send(PREFACE);
    send(SETTINGS, 0, 0, settings(settings));
  }

  static byte[] settings(int... pairs) {
    ByteBuffer bytes = ByteBuffer.allocate(pairs.length / 2 * 6);
    for (int i = 0; i < pairs.length; i += 2) {
      bytes.putShort((short) pairs[i]).putInt(pairs[i + 1]);
    }
    return bytes.array();
  }

  static byte[] number(int number) {
    return ByteBuffer.allocate(4).putInt(number).array();
  }

  static byte[] frame(int type, int flags, int stream, byte[] payload) {
    return ByteBuffer.allocate(HEAD + payload.length)
        .putInt((payload.length << 8) | type)
        .put((byte) flags)
        .putInt(stream)
        .put(payload)
        .array();
  }

  Frames send(int type, int flags, int stream, byte[] payload) throws IOException {
    wire.sendBytes(frame(type, flags, stream, payload));
    return this;
  }

  /** Header fields, each literally: names and values by turns. */
  static byte[] fields(String... namesAndValues) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      block.write(0);
      text(namesAndValues[i], block);
      text(namesAndValues[i + 1], block);
    }
    return block.toByteArray();
  }

  /** A length in seven bits, or more where it is 127 or longer, and the text. */
  static void text(String text, ByteArrayOutputStream to) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    if (bytes.length < 0x7f) {
      to.write(bytes.length);
    } else {
      to.write(0x7f);
      int rest = bytes.length - 0x7f;
      while (rest >= 0x80) {
        to.write((rest & 0x7f) | 0x80);
        rest >>>= 7;
      }
      to.write(rest);
    }
    to.writeBytes(bytes);
  }

  static byte[] get(String path) {
    return fields(":method", "GET", ":scheme", "http", ":path", path, ":authority", "a");
  }

  /** The next frame, or null at the end of the connection. */
  @Nullable Frame next() throws IOException {
    byte[] head = read(HEAD);
    if (head.length < HEAD) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(head);
    int first = buffer.getInt();
    byte[] payload = read(first >>> 8);
    int type = first & 0xff;
    int error = type == GO_AWAY ? ByteBuffer.wrap(payload).getInt(4) : -1;
    return new Frame(type, head[4], buffer.getInt(5), error);
  }

  private byte[] read(int bytes) throws IOException {
    try {
      return wire.read(bytes);
    } catch (java.net.SocketException reset) {
      return new byte[0];
    }
  }

  /** All frames until the connection ends. */
  List<Frame> rest() throws IOException {
    List<Frame> all = new ArrayList<>();
    for (Frame each = next(); each != null; each = next()) {
      all.add(each);
    }
    return all;
  }

  /** The first frame of that type, past whatever is before. */
  Frame await(int type) throws IOException {
    Frame each = next();
    while (each != null && each.type() != type) {
      each = next();
    }
    if (each == null) {
      throw new IOException("the connection ended before a frame of type " + type);
    }
    return each;
  }

  @Override
  public void close() throws IOException {
    wire.close();
  }
}
