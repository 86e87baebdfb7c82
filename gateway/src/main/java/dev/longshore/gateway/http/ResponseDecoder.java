package dev.longshore.gateway.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/** Reads a target's answers; AWS's bound of 32 K for their heads. */
final class ResponseDecoder extends HttpResponseDecoder {
  private static final int MAX_LINE = 8 << 10;
  private static final int MAX_HEADERS = 32 << 10;

  private final WholeReader wholes;
  private final HeadScan scan = new HeadScan(false);
  private boolean bodiless;

  ResponseDecoder(WholeReader wholes) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MAX_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(64 << 10)
            .setUseRfc9112TransferEncoding(true)
            .setAllowDuplicateContentLengths(false));
    this.wholes = wholes;
  }

  /** Says whether the next answer is to a HEAD. */
  void expect(boolean toHead) {
    bodiless = toHead;
  }

  /** Whether all bytes that came belong to answers that were read. */
  boolean isDrained() {
    return actualReadableBytes() == 0 && !scan.begun();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
    FullHttpResponse whole =
        message instanceof ByteBuf in && !bodiless && actualReadableBytes() == 0 && scan.isBetween()
            ? wholes.response(in)
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
  protected boolean isContentAlwaysEmpty(HttpMessage message) {
    return bodiless || super.isContentAlwaysEmpty(message);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new DecoderException("both Content-Length and Transfer-Encoding");
  }
}
