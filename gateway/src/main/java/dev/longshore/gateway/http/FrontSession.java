package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Surprises;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.AsciiString;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client's connection of HTTP/1.1, or one stream of HTTP/2: takes requests one after the other
 * and has an {@link Exchange} for each.
 */
final class FrontSession extends ChannelInboundHandlerAdapter {
  private static final long LINGER_SECONDS = 2;

  private final HttpTraffic traffic;
  private final Loop loop;
  private final Client client;
  private final @Nullable RequestDecoder decoder;
  private final @Nullable ResponseEncoder encoder;
  private final Deque<HttpObject> waiting = new ArrayDeque<>(2);
  private final long opened = System.nanoTime();
  private @Nullable ChannelHandlerContext ctx;
  private @Nullable Outlet outlet;
  private @Nullable Exchange current;
  private @Nullable Future<?> timer;
  private long lastActivity = opened;
  private boolean taking;
  private boolean readsOn = true;
  private boolean closing;

  /** Of a connection of HTTP/1.1. */
  FrontSession(Client client, RequestDecoder decoder, ResponseEncoder encoder) {
    this.traffic = client.traffic();
    this.loop = client.loop();
    this.client = client;
    this.decoder = decoder;
    this.encoder = encoder;
  }

  /** Of a stream of HTTP/2. */
  FrontSession(Client client) {
    this.traffic = client.traffic();
    this.loop = client.loop();
    this.client = client;
    this.decoder = null;
    this.encoder = null;
  }

  HttpTraffic traffic() {
    return traffic;
  }

  Loop loop() {
    return loop;
  }

  String listenerArn() {
    return client.listenerArn();
  }

  boolean isHttp2() {
    return encoder == null;
  }

  boolean isSecure() {
    return client.session() != null;
  }

  String port() {
    return client.port();
  }

  String client() {
    return client.address();
  }

  String clientWithPort() {
    return client.addressWithPort();
  }

  byte[] source() {
    return client.source();
  }

  /** Names the client's connection. */
  String connection() {
    return client.connection();
  }

  /** What the client's TLS came to, if it speaks any. */
  AccessEntry.@Nullable Tls agreed() {
    return client.agreed();
  }

  /** Tells a target about TLS. */
  void tls(HttpHeaders headers, AsciiString version, AsciiString cipher) {
    AccessEntry.Tls agreed = client.agreed();
    if (agreed == null) {
      headers.remove(version);
      headers.remove(cipher);
    } else {
      headers.set(version, agreed.protocol());
      headers.set(cipher, agreed.cipher());
    }
  }

  private ChannelHandlerContext context() {
    if (ctx == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return ctx;
  }

  private Outlet outlet() {
    if (outlet == null) {
      throw new IllegalStateException("not in a pipeline yet");
    }
    return outlet;
  }

  Channel channel() {
    return context().channel();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    this.ctx = ctx;
    outlet = new Outlet(loop, ctx, encoder);
    loop.opened(this);
    if (!isHttp2()) {
      schedule(traffic.idleNanos(listenerArn()));
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    loop.closed(this);
    if (timer != null) {
      timer.cancel(false);
    }
    waiting.forEach(ReferenceCountUtil::release);
    waiting.clear();
  }

  private void schedule(long nanos) {
    timer =
        context()
            .executor()
            .schedule(
                () -> schedule(Math.max(1_000_000, look(System.nanoTime()))),
                nanos,
                TimeUnit.NANOSECONDS);
  }

  /** Ends what has been silent for too long; answers in how many nanoseconds to look again. */
  long look(long now) {
    long idle = traffic.idleNanos(listenerArn());
    long left = lastActivity + idle - now;
    if (left > 0) {
      return left;
    }
    if (current != null) {
      current.silent();
    } else if (decoder != null && decoder.isMidHead() && !closing) {
      refuse(408);
    } else {
      close();
    }
    return idle;
  }

  void touch() {
    lastActivity = System.nanoTime();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    touch();
    if (closing || !(message instanceof HttpObject each)) {
      ReferenceCountUtil.release(message);
      return;
    }
    if (!waiting.isEmpty() || (current != null && current.isRequestComplete())) {
      waiting.add(each);
      updateReading();
    } else {
      take(each);
    }
  }

  private void take(HttpObject each) {
    if (each.decoderResult().isFailure()) {
      ReferenceCountUtil.release(each);
      unreadable(each.decoderResult().cause());
    } else if (each instanceof HttpRequest request) {
      begin(request);
    } else if (current != null && each instanceof HttpContent content) {
      current.request(content);
    } else {
      // The rest of a request that was answered before its end.
      ReferenceCountUtil.release(each);
    }
  }

  private void begin(HttpRequest request) {
    boolean whole = request instanceof FullHttpMessage;
    HttpRequest head =
        whole
            ? new DefaultHttpRequest(
                request.protocolVersion(), request.method(), request.uri(), request.headers())
            : request;
    Exchange exchange = new Exchange(this, head);
    current = exchange;
    if (whole) {
      exchange.completeRequest();
    }
    exchange.start();
    if (request instanceof FullHttpMessage full) {
      if (current == exchange) {
        exchange.request(full);
      } else {
        full.release();
      }
    }
  }

  private void unreadable(@Nullable Throwable cause) {
    if (current != null) {
      current.refuse(Strictness.ofUnreadable(cause), true);
    } else {
      refuse(Strictness.ofUnreadable(cause));
    }
  }

  /** Answers what is no request that could be carried, and closes. */
  private void refuse(int status) {
    var placeholder = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    Exchange exchange = new Exchange(this, placeholder);
    current = exchange;
    exchange.refuse(status, true);
  }

  /** Whether connections are to end after the present answer. */
  boolean isAging() {
    return closing || client.isLeaving() || isOld();
  }

  private boolean isOld() {
    return System.nanoTime() - opened > traffic.keepAliveNanos(listenerArn());
  }

  boolean isWritable() {
    return context().channel().isWritable();
  }

  /** Begins an answer. */
  void write(HttpResponse head, boolean toHead) {
    touch();
    if (encoder != null) {
      encoder.expect(toHead);
    }
    outlet().write(head);
  }

  /** Goes on with an answer. */
  void write(HttpContent content) {
    touch();
    outlet().write(content);
  }

  /**
   * An exchange is over.
   *
   * @param close whether the connection, too
   */
  void finished(Exchange exchange, boolean close) {
    if (current == exchange) {
      current = null;
    }
    if (isHttp2()) {
      // Ends the stream's one direction. What the client still sends is thrown away until it ends
      // the other, for common clients take a reset, even one without an error, for the answer.
      closing = true;
      updateReading();
    } else if (close) {
      shut(exchange.isRequestComplete());
    } else {
      takeWaiting();
    }
  }

  private void takeWaiting() {
    if (taking) {
      return;
    }
    taking = true;
    try {
      while (!waiting.isEmpty() && !closing && (current == null || !current.isRequestComplete())) {
        take(waiting.remove());
      }
    } finally {
      taking = false;
    }
    updateReading();
  }

  /** Reads from the client only what can be kept or sent on. */
  void updateReading() {
    boolean on = closing || (waiting.isEmpty() && (current == null || current.wantsRequest()));
    if (on != readsOn) {
      readsOn = on;
      context().channel().config().setAutoRead(on);
    }
  }

  /** Says no more; what the client still sends is thrown away, lest a reset take the answer. */
  private void shut(boolean clean) {
    if (closing) {
      return;
    }
    closing = true;
    updateReading();
    Channel channel = context().channel();
    if (clean) {
      var _ =
          context().writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    } else {
      outlet().flush();
      client.shutdownOutput(channel);
      var _ =
          context()
              .executor()
              .schedule(
                  () -> {
                    var _ = channel.close();
                  },
                  LINGER_SECONDS,
                  TimeUnit.SECONDS);
    }
  }

  /** Ends the connection at once, in the middle of whatever it is. */
  void close() {
    closing = true;
    var _ = context().close();
  }

  /** The listener is no more: ends an idle connection; a busy one ends after its answer. */
  void leave(boolean gone) {
    if (gone && current == null && !isHttp2()) {
      close();
    }
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    if (current != null) {
      current.updateAnswering();
    }
    ctx.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    if (current != null) {
      current.clientLeft();
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof DecoderException && !isHttp2() && !closing) {
      if (current != null && current.isRequestComplete()) {
        var invalid = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
        invalid.setDecoderResult(DecoderResult.failure(cause));
        waiting.add(invalid);
      } else {
        unreadable(cause);
      }
    } else {
      Surprises.tell(cause);
      Exchange was = current;
      closing = true;
      if (was != null) {
        was.clientLeft();
      }
      var _ = ctx.close();
    }
  }

  /** Gives the connection up to a tunnel. */
  void becomes(io.netty.channel.ChannelHandler tunnel) {
    current = null;
    context().pipeline().replace(this, "tunnel", tunnel);
    if (encoder != null && decoder != null) {
      context().pipeline().remove(encoder);
      context().pipeline().remove(decoder);
    }
  }
}
