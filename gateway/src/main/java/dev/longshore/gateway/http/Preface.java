package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Surprises;
import dev.longshore.gateway.route.Gate;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.concurrent.Future;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** Tells HTTP/2 from HTTP/1.1 by what TLS agreed on or by the first bytes, and steps aside. */
final class Preface extends ByteToMessageDecoder {
  private static final byte[] HTTP2 = "PRI * HTTP/2.0".getBytes(StandardCharsets.US_ASCII);

  private final HttpTraffic traffic;
  private final Loop loop;
  private final String listenerArn;
  private @Nullable Future<?> patience;

  Preface(HttpTraffic traffic, Loop loop, String listenerArn) {
    this.traffic = traffic;
    this.loop = loop;
    this.listenerArn = listenerArn;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    patience =
        ctx.executor()
            .schedule(
                () -> {
                  var _ = ctx.close();
                },
                traffic.idleNanos(listenerArn),
                TimeUnit.NANOSECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (patience != null) {
      patience.cancel(false);
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof SslHandshakeCompletionEvent shaken && !shaken.isSuccess()) {
      Gate gate = traffic.table().gate(listenerArn);
      if (gate != null) {
        traffic.metrics().balancer(gate.loadBalancer().name()).add(Count.CLIENT_TLS_ERROR);
      }
      var _ = ctx.close();
    }
    super.userEventTriggered(ctx, event);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Surprises.tell(cause);
    var _ = ctx.close();
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    SslHandler tls = ctx.pipeline().get(SslHandler.class);
    String agreed = tls == null ? null : tls.applicationProtocol();
    if (agreed != null) {
      begin(ctx, tls, agreed.equals(ApplicationProtocolNames.HTTP_2));
      return;
    }
    int same = 0;
    while (same < HTTP2.length
        && same < in.readableBytes()
        && in.getByte(in.readerIndex() + same) == HTTP2[same]) {
      same++;
    }
    boolean undecided = same == in.readableBytes() && same < HTTP2.length;
    if (!undecided) {
      begin(ctx, tls, same == HTTP2.length && takesHttp2());
    }
  }

  private boolean takesHttp2() {
    Gate gate = traffic.table().gate(listenerArn);
    return gate != null && gate.settings().http2();
  }

  private void begin(ChannelHandlerContext ctx, @Nullable SslHandler tls, boolean http2) {
    SSLSession session = tls == null ? null : tls.engine().getSession();
    Client client = new Client(traffic, loop, listenerArn, ctx.channel(), session);
    ChannelPipeline pipeline = ctx.pipeline();
    if (http2) {
      Http2Front.fill(pipeline, client);
    } else {
      RequestDecoder decoder = new RequestDecoder(loop.wholes());
      ResponseEncoder encoder = new ResponseEncoder();
      pipeline.addLast(decoder, encoder, new FrontSession(client, decoder, encoder));
    }
    pipeline.remove(this);
  }
}
