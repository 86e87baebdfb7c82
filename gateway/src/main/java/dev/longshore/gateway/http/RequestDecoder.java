package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Reads requests, as strictly as can be done without refusing what sound clients send. */
final class RequestDecoder extends HttpRequestDecoder {
  /** AWS's bounds: 16 K for a line, 64 K for all headers. */
  static final int MAX_LINE = 16 << 10;

  static final int MAX_HEADERS = 64 << 10;

  private final WholeReader wholes;
  private final HeadScan scan = new HeadScan(true);

  RequestDecoder(WholeReader wholes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(64 << 10)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.wholes = wholes;
  }

  /** Whether part of a request's head has come. */
  boolean isMidHead() {
    return scan.begun();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    FullHttpRequest whole =
        message instanceof ByteBuf in && actualReadableBytes() == 0 && scan.isBetween()
            ? wholes.request(in)
            : null;
    if (whole == null) {
      super.channelRead(ctx, message);
    } else {
      ctx.fireChannelRead(whole);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) throws Exception {
    scan.look(in);
    int before = in.readerIndex();
    super.decode(ctx, in, out);
    scan.taken(in.readerIndex() - before);
    if (!out.isEmpty()
        && out.getLast() instanceof LastHttpContent last
        && last.decoderResult().isSuccess()) {
      scan.next();
    }
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new DecoderException("both Content-Length and Transfer-Encoding");
  }
}
