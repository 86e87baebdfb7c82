package dev.longshore.server.http;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpServerUpgradeHandler;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ServerUpgradeCodec;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.AsciiString;

/** Lays the pipelines of the protocols that one port speaks. */
final class Protocols {
  private static final int REQUEST_LINE = 16 << 10;
  private static final int CHUNK = HttpServer.MOST_READ;

  /** A client that would rather upgrade sends its first body along; a large one stays HTTP/1.1. */
  private static final int UPGRADE_BODY = 64 << 10;

  private static final AsciiString H2C = AsciiString.cached("h2c");

  private Protocols() {}

  /** HTTP/1.1, which the first request may turn into HTTP/2. */
  static void http1(ChannelHandlerContext ctx, Reception reception) {
    var decoder =
        new HttpRequestDecoder(
            new HttpDecoderConfig()
                .setMaxInitialLineLength(REQUEST_LINE)
                .setMaxHeaderSize(reception.settings().limits().header())
                .setMaxChunkSize(CHUNK));
    var encoder = new HttpResponseEncoder();
    ChannelPipeline pipeline = ctx.pipeline();
    pipeline.addLast(decoder);
    pipeline.addLast(encoder);
    var session = new Http1Session(reception, decoder, encoder);
    pipeline.addLast(
        new Upgrade(
            from -> {
              from.pipeline().remove(session);
              from.pipeline().remove(encoder);
              from.pipeline().remove(decoder);
            },
            reception));
    pipeline.addLast(session);
  }

  /** HTTP/2 from the first byte on. */
  static void http2(ChannelPipeline pipeline, Reception reception) {
    pipeline.addLast(http2Codec(reception));
    pipeline.addLast(http2Handlers(reception));
  }

  private static Http2FrameCodec http2Codec(Reception reception) {
    HttpSettings.Limits limits = reception.settings().limits();
    return Http2FrameCodecBuilder.forServer()
        .initialSettings(
            Http2Settings.defaultSettings()
                .maxConcurrentStreams(limits.pipeline())
                .maxHeaderListSize(limits.header()))
        .gracefulShutdownTimeoutMillis(HttpServer.GRACE.toMillis())
        .build();
  }

  private static ChannelHandler[] http2Handlers(Reception reception) {
    var session = new Http2Session(reception);
    return new ChannelHandler[] {
      new Http2MultiplexHandler(new Http2StreamSetup(session, reception)), session
    };
  }

  /** Netty's upgrade, narrowed to requests it can hold and to HTTP/2. */
  private static final class Upgrade extends HttpServerUpgradeHandler {
    Upgrade(SourceCodec http1, Reception reception) {
      super(
          http1,
          protocol ->
              AsciiString.contentEquals(H2C, protocol)
                  ? new Http2ServerUpgradeCodec(http2Codec(reception), http2Handlers(reception))
                  : null,
          UPGRADE_BODY,
          DefaultHttpHeadersFactory.headersFactory(),
          DefaultHttpHeadersFactory.trailersFactory(),
          true);
    }

    @Override
    protected boolean shouldHandleUpgradeRequest(HttpRequest request) {
      return request.decoderResult().isSuccess()
          && request.headers().contains(HttpHeaderNames.UPGRADE, H2C, true)
          && !HttpUtil.isTransferEncodingChunked(request)
          && !HttpUtil.is100ContinueExpected(request)
          && HttpUtil.getContentLength(request, 0L) <= UPGRADE_BODY;
    }
  }
}
