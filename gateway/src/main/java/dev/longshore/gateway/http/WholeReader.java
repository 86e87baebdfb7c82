package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages of HTTP/1.1 that one read brought whole and that leave nothing to doubt, which is
 * what most are, at a fraction of a decoder's price. Whatever is unusual in any way is not refused
 * here but left to the decoders: this knows only what all parsers agree about. One event loop's.
 */
final class WholeReader {
  private static final int MAX_HEAD = 8 << 10;
  private static final int MAX_LINES = 64;
  private static final int MAX_DIGITS = 9;
  private static final int STATUS_DIGITS = 3;
  private static final byte[] VERSION = ascii("HTTP/1.1");

  private static final int METHOD = 1;
  private static final int TARGET = 2;
  private static final int NAME = 4;
  private static final int VALUE = 8;
  private static final int SPACE = 16;
  private static final byte[] KINDS = kinds();

  private final byte[] head = new byte[MAX_HEAD];
  private final int[] parts = new int[MAX_LINES * LineHeaders.PARTS];
  private int end;
  private int count;
  private int length;

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[1 << Byte.SIZE];
    for (int c = ' '; c < 0x7f; c++) {
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      boolean token = letter || (c >= '0' && c <= '9') || "!#$%&'*+-.^_`|~".indexOf(c) >= 0;
      int kind = VALUE;
      kind |= c >= 'A' && c <= 'Z' ? METHOD : 0;
      kind |= c > ' ' && c != '#' ? TARGET : 0;
      kind |= token ? NAME : 0;
      kinds[c] = (byte) kind;
    }
    kinds[' '] |= SPACE;
    kinds['\t'] = VALUE | SPACE;
    return kinds;
  }

  /** The request that these bytes are, which takes them over; or null, then nothing happened. */
  @Nullable FullHttpRequest request(ByteBuf in) {
    fill(in);
    int target = span(0, METHOD) + 1;
    if (target <= 1 || target >= end || head[target - 1] != ' ' || head[target] != '/') {
      return null;
    }
    int stop = span(target, TARGET);
    int line = stop + 1 + VERSION.length;
    if (stop >= end || head[stop] != ' ' || !isVersion(stop + 1) || !isLineEnd(line)) {
      return null;
    }
    int content = fields(line + 2);
    if (content < 0 || content + Math.max(0, length) != in.readableBytes()) {
      return null;
    }
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        method(target - 1),
        text(target, stop),
        content(in, content),
        new LineHeaders(head, line + 2, content - 2, parts, count),
        EmptyHttpHeaders.INSTANCE);
  }

  /** The answer that these bytes are, which takes them over; or null, then nothing happened. */
  @Nullable FullHttpResponse response(ByteBuf in) {
    fill(in);
    int from = VERSION.length + 1;
    int reason = from + STATUS_DIGITS + 1;
    if (reason >= end || !isVersion(0) || head[from - 1] != ' ' || head[reason - 1] != ' ') {
      return null;
    }
    long code = number(from, reason - 1);
    int line = span(reason, VALUE);
    boolean spaced = isSpace(reason) || isSpace(line - 1);
    if (code < 200 || code == 204 || code == 304 || (spaced && line > reason) || !isLineEnd(line)) {
      return null;
    }
    int content = fields(line + 2);
    if (content < 0 || length < 0 || content + length != in.readableBytes()) {
      return null;
    }
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1,
        HttpResponseStatus.valueOf((int) code, text(reason, line)),
        content(in, content),
        new LineHeaders(head, line + 2, content - 2, parts, count),
        EmptyHttpHeaders.INSTANCE);
  }

  private void fill(ByteBuf in) {
    end = Math.min(in.readableBytes(), MAX_HEAD);
    in.getBytes(in.readerIndex(), head, 0, end);
  }

  private static ByteBuf content(ByteBuf in, int start) {
    if (start == in.readableBytes()) {
      in.release();
      return Unpooled.EMPTY_BUFFER;
    }
    return in.skipBytes(start);
  }

  private HttpMethod method(int to) {
    boolean get = to == 3 && head[0] == 'G' && head[1] == 'E' && head[2] == 'T';
    return get ? HttpMethod.GET : HttpMethod.valueOf(text(0, to));
  }

  private String text(int from, int to) {
    return new String(head, from, to - from, StandardCharsets.ISO_8859_1);
  }

  /** Where what begins there stops to be of that kind. */
  private int span(int from, int kind) {
    int at = from;
    while (at < end && (KINDS[head[at] & 0xff] & kind) != 0) {
      at++;
    }
    return at;
  }

  private boolean isSpace(int at) {
    return (KINDS[head[at] & 0xff] & SPACE) != 0;
  }

  private boolean isVersion(int at) {
    return at + VERSION.length < end && is(VERSION, at);
  }

  private boolean is(byte[] text, int at) {
    for (int i = 0; i < text.length; i++) {
      if (head[at + i] != text[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean isLineEnd(int at) {
    return at + 1 < end && head[at] == '\r' && head[at + 1] == '\n';
  }

  /** Reads the fields that begin there; answers where the content begins, or -1. */
  private int fields(int from) {
    count = 0;
    length = -1;
    int at = from;
    while (at > 0 && !isLineEnd(at)) {
      at = field(at);
    }
    return at < 0 ? at : at + 2;
  }

  /** Reads a field; answers where the next begins, or -1. */
  private int field(int start) {
    int colon = span(start, NAME);
    if (colon == start || colon >= end || head[colon] != ':' || count == MAX_LINES) {
      return -1;
    }
    int from = span(colon + 1, SPACE);
    int stop = span(from, VALUE);
    if (!isLineEnd(stop)) {
      return -1;
    }
    int to = stop;
    while (to > from && isSpace(to - 1)) {
      to--;
    }
    int at = count++ * LineHeaders.PARTS;
    parts[at] = start;
    parts[at + 1] = colon;
    parts[at + 2] = from;
    parts[at + 3] = to;
    return isUsual(start, colon, from, to) ? stop + 2 : -1;
  }

  /** Whether a field has no say in framing, or but a clear one. */
  private boolean isUsual(int start, int colon, int from, int to) {
    int size = colon - start;
    if (isNamed("content-length", start, size)) {
      return isLength(from, to);
    }
    return !isNamed("transfer-encoding", start, size)
        && !isNamed("upgrade", start, size)
        && !isNamed("expect", start, size);
  }

  private boolean isNamed(String name, int start, int size) {
    boolean same = size == name.length();
    for (int i = 0; same && i < size; i++) {
      // Of what a name may hold, only letters become other than they are.
      same = (head[start + i] | 0x20) == name.charAt(i);
    }
    return same;
  }

  private boolean isLength(int from, int to) {
    long found = number(from, to);
    boolean first = length < 0;
    length = (int) found;
    return first && found >= 0;
  }

  /** The number that these digits are, or -1. */
  private long number(int from, int to) {
    if (from == to || to - from > MAX_DIGITS) {
      return -1;
    }
    long number = 0;
    for (int i = from; i < to; i++) {
      int digit = head[i] - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number;
  }
}
