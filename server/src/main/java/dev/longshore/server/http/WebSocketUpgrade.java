package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Turns an HTTP/1.1 connection into a WebSocket, by RFC 6455. */
final class WebSocketUpgrade {
  private static final String ACCEPT = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int KEY_LENGTH = 24;

  private WebSocketUpgrade() {}

  /** What becomes of this request as an upgrade; null where it is an ordinary request. */
  static WebSocketRoute.@Nullable Answer answer(
      HttpRequest request, Request whole, Reception reception) {
    var fields = request.headers();
    if (!fields.contains(HttpHeaderNames.UPGRADE)
        || !request.method().equals(HttpMethod.GET)
        || !fields.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
        || !fields.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)) {
      return null;
    }
    String key = fields.get(HttpHeaderNames.SEC_WEBSOCKET_KEY);
    if (key == null || key.length() != KEY_LENGTH) {
      return new WebSocketRoute.Refused(
          Refusals.badRequest("The upgrade has no valid Sec-WebSocket-Key."));
    }
    if (!"13".equals(fields.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      return new WebSocketRoute.Refused(Refusals.webSocketVersion());
    }
    return reception.upgrade(whole);
  }

  /** Sends the 101 and gives the connection to a session of its own. */
  static void perform(
      ChannelHandlerContext ctx,
      HttpRequest request,
      WebSocketListener listener,
      Reception reception,
      ChannelHandler decoder,
      ChannelHandler encoder,
      Http1Session http) {
    var response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(
            HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
            accept(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
    var sent = ctx.writeAndFlush(response);
    int frame = reception.settings().webSockets().frame();
    ChannelPipeline pipeline = ctx.pipeline();
    var session = new WebSocketSession(ctx.channel(), listener, reception);
    pipeline.remove(http);
    pipeline.remove(encoder);
    // Nearer to the wire than the decoder, which says itself what is wrong with a frame.
    String codec = pipeline.context(decoder).name();
    pipeline.addBefore(codec, null, new WebSocket13FrameEncoder(false));
    pipeline.addLast(new WebSocketFrameAggregator(frame));
    pipeline.addLast(session);
    // The decoder goes last: bytes it has read ahead pass to what takes its place.
    pipeline.replace(decoder, null, new WebSocket13FrameDecoder(decoderConfig(frame)));
    sent.addListener(done -> {
      if (!done.isSuccess()) {
        var _ = ctx.channel().close();
      }
    });
  }

  private static WebSocketDecoderConfig decoderConfig(int frame) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(frame)
        .expectMaskedFrames(true)
        .allowMaskMismatch(false)
        .allowExtensions(false)
        .closeOnProtocolViolation(true)
        .build();
  }

  private static String accept(String key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + ACCEPT).getBytes(ISO_8859_1));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-1.", e);
    }
  }
}
