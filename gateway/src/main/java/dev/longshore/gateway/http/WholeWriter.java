package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;

/** Writes messages of HTTP/1.1 whose headers are lines already, each into one buffer. */
final class WholeWriter {
  private static final AsciiString VERSION = AsciiString.cached("HTTP/1.1 ");
  private static final AsciiString ENDS_WITH_VERSION = AsciiString.cached(" HTTP/1.1\r\n");
  private static final int LINE_END = '\r' << Byte.SIZE | '\n';

  /** More than what a first line has beside a method, a target or a reason. */
  private static final int MARGIN = 32;

  private WholeWriter() {}

  /** The message in a buffer of its own. */
  static ByteBuf write(
      ByteBufAllocator from, HttpMessage head, LineHeaders lines, ByteBuf content) {
    int rest = MARGIN + lines.writtenAtMost() + content.readableBytes();
    ByteBuf to =
        switch (head) {
          case HttpRequest request -> line(from, request, rest);
          case HttpResponse response -> line(from, response.status(), rest);
          default -> throw new IllegalArgumentException("neither a request nor an answer");
        };
    lines.write(to);
    return to.writeShort(LINE_END)
        .writeBytes(content, content.readerIndex(), content.readableBytes());
  }

  private static ByteBuf line(ByteBufAllocator from, HttpRequest request, int rest) {
    AsciiString method = request.method().asciiName();
    ByteBuf to = from.directBuffer(method.length() + request.uri().length() + rest);
    to.writeCharSequence(method, StandardCharsets.US_ASCII);
    to.writeByte(' ').writeCharSequence(request.uri(), StandardCharsets.US_ASCII);
    to.writeCharSequence(ENDS_WITH_VERSION, StandardCharsets.US_ASCII);
    return to;
  }

  private static ByteBuf line(ByteBufAllocator from, HttpResponseStatus status, int rest) {
    ByteBuf to = from.directBuffer(status.reasonPhrase().length() + rest);
    to.writeCharSequence(VERSION, StandardCharsets.US_ASCII);
    to.writeCharSequence(status.codeAsText(), StandardCharsets.US_ASCII);
    to.writeByte(' ').writeCharSequence(status.reasonPhrase(), StandardCharsets.ISO_8859_1);
    return to.writeShort(LINE_END);
  }
}
