package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One HTTP/1.1 connection: collects requests, has them answered, and sends the answers in the order
 * of the requests, whichever is ready first. All of it runs on the connection's event loop.
 */
final class Http1Session extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Http1Session.class);

  /** How long a refused peer may go on sending before the connection is cut under it. */
  private static final Duration LINGER = Duration.ofSeconds(2);

  private final Reception reception;
  private final ChannelHandler decoder;
  private final ChannelHandler encoder;
  private final ArrayDeque<Slot> slots = new ArrayDeque<>();
  private @Nullable HttpRequest head;
  private @Nullable Intake intake;
  private @Nullable BodyStream stream;
  private @Nullable ContentPump pump;
  private @Nullable Future<?> ticks;
  private boolean reading;
  private boolean unflushed;
  private int writing;
  private long written = System.nanoTime();
  private long quietSince = System.nanoTime();
  private boolean deaf;
  private boolean draining;
  private boolean ended;
  private long endedAt;

  /** The place of one request in the line of answers. */
  private static final class Slot {
    final boolean keepAlive;
    final boolean bodiless;
    @Nullable Response response;

    /** Answered in the middle of its body: the connection ends with it. */
    boolean cut;

    /** The body that is on its way while the route already works on it. */
    @Nullable BodyStream stream;

    Slot(boolean keepAlive, boolean bodiless) {
      this.keepAlive = keepAlive;
      this.bodiless = bodiless;
    }
  }

  Http1Session(Reception reception, ChannelHandler decoder, ChannelHandler encoder) {
    this.reception = reception;
    this.decoder = decoder;
    this.encoder = encoder;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ticks = Ticks.start(ctx, reception.settings(), () -> look(ctx));
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    if (ticks != null) {
      ticks.cancel(false);
    }
    dropIntake();
    cutStream();
    if (pump != null) {
      pump.stop();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    reading = true;
    try {
      if ((!deaf || stream != null) && message instanceof HttpObject part) {
        take(ctx, part);
      }
      if (draining && message instanceof LastHttpContent) {
        draining = false;
        if (ended) {
          var _ = ctx.close();
        }
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void take(ChannelHandlerContext ctx, HttpObject part) {
    if (part.decoderResult().isFailure()) {
      dropIntake();
      cutStream();
      refuse(ctx, Refusals.malformed(part.decoderResult().cause()));
      return;
    }
    if (part instanceof HttpRequest request) {
      begin(ctx, request);
    }
    if (part instanceof HttpContent content && stream != null) {
      if (content.content().isReadable()) {
        stream.put(content.content().retain());
        if (!stream.hungry()) {
          // Now, not at the end of what is being read: that may be much more.
          ctx.channel().config().setAutoRead(false);
        }
      }
      if (content instanceof LastHttpContent) {
        stream.end();
        stream = null;
      }
    } else if (part instanceof HttpContent content && intake != null) {
      switch (intake.take(content.content())) {
        case TOO_LARGE -> refuse(ctx, tooLarge());
        case BUSY -> refuse(ctx, Refusals.busy());
        case OK -> {
          if (content instanceof LastHttpContent) {
            finish(ctx);
          }
        }
      }
    }
  }

  private Response tooLarge() {
    return Refusals.bodyTooLarge(reception.settings().limits().body());
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest request) {
    boolean streamed = reception.streams(request.method().name(), request.uri());
    if (!streamed) {
      head = request;
      intake = new Intake(reception);
      if (HttpUtil.getContentLength(request, 0L) > reception.settings().limits().body()) {
        refuse(ctx, tooLarge());
        return;
      }
    }
    if (HttpUtil.is100ContinueExpected(request) && slots.isEmpty()) {
      var proceed = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE);
      ctx.writeAndFlush(proceed).addListener(done -> closeOnFailure(ctx, done));
    }
    if (streamed) {
      stream(ctx, request);
    }
  }

  /** Has the route answer while the body is still on its way. */
  private void stream(ChannelHandlerContext ctx, HttpRequest request) {
    var body =
        new BodyStream(
            reception.settings().timeouts().request(),
            () -> ctx.executor().execute(() -> regulate(ctx)));
    stream = body;
    Slot slot = slot(request);
    slot.stream = body;
    var begun =
        Request.streamed(
            request.method().name(),
            request.uri(),
            new Http1Headers(request.headers()),
            body,
            reception.peer(ctx.channel()),
            ctx.executor());
    // A fast answer waits for what was decoded with the head: where that is the body's end, the
    // request is whole, and the connection goes on.
    reception.answer(
        begun,
        ctx.executor(),
        response -> ctx.executor().execute(() -> answered(ctx, slot, response)));
  }

  private Slot slot(HttpRequest request) {
    boolean keepAlive = HttpUtil.isKeepAlive(request) && !reception.closing();
    var slot = new Slot(keepAlive, request.method().equals(HttpMethod.HEAD));
    slots.add(slot);
    deaf |= !keepAlive;
    return slot;
  }

  private void finish(ChannelHandlerContext ctx) {
    HttpRequest request = Objects.requireNonNull(head);
    byte[] body = Objects.requireNonNull(intake).body();
    head = null;
    intake = null;
    var whole =
        new Request(
            request.method().name(),
            request.uri(),
            new Http1Headers(request.headers()),
            body,
            reception.peer(ctx.channel()),
            ctx.executor());
    Slot slot = slot(request);
    WebSocketRoute.Answer upgrade = WebSocketUpgrade.answer(request, whole, reception);
    if (upgrade == null) {
      reception.answer(whole, ctx.executor(), response -> answered(ctx, slot, response));
      return;
    }
    reception.release(body.length);
    switch (upgrade) {
      case WebSocketRoute.Refused refused -> answered(ctx, slot, refused.response());
      case WebSocketRoute.Accepted accepted when slots.size() > 1 ->
          answered(ctx, slot, Refusals.badRequest("An upgrade cannot follow unanswered requests."));
      case WebSocketRoute.Accepted accepted ->
          WebSocketUpgrade.perform(
              ctx, request, accepted.listener(), reception, decoder, encoder, this);
    }
  }

  /** Answers what came so far and takes no more: the rest of the stream cannot be trusted. */
  private void refuse(ChannelHandlerContext ctx, Response response) {
    draining = intake != null;
    dropIntake();
    deaf = true;
    var slot = new Slot(false, false);
    slots.add(slot);
    answered(ctx, slot, response);
  }

  private void cutStream() {
    if (stream != null) {
      stream.cut();
    }
    stream = null;
  }

  private void dropIntake() {
    if (intake != null) {
      intake.abandon();
    }
    head = null;
    intake = null;
  }

  private void answered(ChannelHandlerContext ctx, Slot slot, Response response) {
    slot.response = response;
    if (slot.stream != null) {
      slot.stream.abandon();
      if (slot.stream == stream) {
        // Answered before the body's end: what is left of it is read away, then all is over.
        stream = null;
        draining = true;
        deaf = true;
        slot.cut = true;
      }
    }
    proceed(ctx);
  }

  /** Writes the answers whose turn it is. */
  private void proceed(ChannelHandlerContext ctx) {
    for (Slot first; pump == null && (first = slots.peek()) != null && first.response != null; ) {
      slots.remove();
      write(ctx, first, first.response);
    }
    quietSince = System.nanoTime();
    if (unflushed && !reading) {
      flush(ctx);
    }
    regulate(ctx);
  }

  private void write(ChannelHandlerContext ctx, Slot slot, Response response) {
    if (writing++ == 0) {
      written = System.nanoTime();
    }
    unflushed = true;
    boolean last =
        !slot.keepAlive || slot.cut || (reception.closing() && slots.isEmpty() && intake == null);
    deaf |= last;
    Content content = response.content();
    if (content != null && !slot.bodiless) {
      pump(ctx, response, content, last);
      return;
    }
    if (content != null) {
      ContentPump.close(content);
    }
    ctx.write(encoded(slot, response, last)).addListener(done -> wrote(ctx, done, last));
  }

  private void wrote(ChannelHandlerContext ctx, Future<?> outcome, boolean last) {
    writing--;
    written = System.nanoTime();
    closeOnFailure(ctx, outcome);
    if (last) {
      end(ctx);
    }
  }

  /** Sends an answer whose body is read as it goes; the answers behind it wait. */
  private void pump(ChannelHandlerContext ctx, Response response, Content content, boolean last) {
    var message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    fields(message.headers(), response, last);
    ctx.write(message).addListener(done -> closeOnFailure(ctx, done));
    pump =
        new ContentPump(
            ctx,
            content,
            // What is sent under TLS has to pass through this process.
            reception.settings().tls() == null,
            (bytes, end) -> new DefaultHttpContent(bytes),
            () -> written = System.nanoTime(),
            whole -> {
              pump = null;
              if (!whole) {
                writing--;
                var _ = ctx.close();
                return;
              }
              ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
                  .addListener(done -> wrote(ctx, done, last));
              proceed(ctx);
            });
    pump.start();
  }

  private static HttpObject encoded(Slot slot, Response response, boolean last) {
    HttpResponseStatus status = HttpResponseStatus.valueOf(response.status());
    ByteBuf body = slot.bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
    var message = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    fields(message.headers(), response, last);
    return message;
  }

  private static void fields(HttpHeaders fields, Response response, boolean last) {
    for (Response.Header field : response.headers()) {
      fields.add(field.name(), field.value());
    }
    fields.set(HttpHeaderNames.DATE, HttpDate.now());
    if (response.status() != HttpResponseStatus.NO_CONTENT.code()
        && !fields.contains(HttpHeaderNames.CONTENT_LENGTH)) {
      fields.set(HttpHeaderNames.CONTENT_LENGTH, response.length());
    }
    if (last) {
      fields.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  /**
   * Ends a connection whose last answer is out. A peer that was refused in the middle of its body
   * may still be sending: closing at once would reset the connection and take the answer with it,
   * and some clients read no answer before their body is out. So what comes is read away until the
   * body ends, or until the peer closes, or until it has had {@link #LINGER}.
   */
  private void end(ChannelHandlerContext ctx) {
    ended = true;
    endedAt = System.nanoTime();
    if (reception.closing()) {
      var _ = ctx.close();
    } else if (!draining && ctx.channel() instanceof DuplexChannel duplex) {
      duplex.shutdownOutput().addListener(done -> closeOnFailure(ctx, done));
    }
  }

  private static void closeOnFailure(ChannelHandlerContext ctx, Future<?> outcome) {
    if (!outcome.isSuccess()) {
      var _ = ctx.close();
    }
  }

  private void flush(ChannelHandlerContext ctx) {
    unflushed = false;
    ctx.flush();
  }

  /** Reads on only while the peer takes its answers and does not run too far ahead of them. */
  private void regulate(ChannelHandlerContext ctx) {
    boolean ready =
        stream != null
            ? stream.hungry()
            : ctx.channel().isWritable() && slots.size() < reception.settings().limits().pipeline();
    if (ctx.channel().config().isAutoRead() != ready) {
      ctx.channel().config().setAutoRead(ready);
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    reading = false;
    if (unflushed) {
      flush(ctx);
    }
    regulate(ctx);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    regulate(ctx);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Reception.Event.CLOSING) {
      look(ctx);
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  private void look(ChannelHandlerContext ctx) {
    HttpSettings.Timeouts timeouts = reception.settings().timeouts();
    boolean stuck = writing > 0 && Ticks.past(written, timeouts.write());
    boolean lingering = ended && Ticks.past(endedAt, LINGER);
    boolean resting = slots.isEmpty() && intake == null && writing == 0;
    boolean idle = resting && (reception.closing() || Ticks.past(quietSince, timeouts.idle()));
    if (stuck || lingering || idle) {
      var _ = ctx.close();
    } else if (intake != null && Ticks.past(intake.startedAt(), timeouts.request())) {
      dropIntake();
      refuse(ctx, Refusals.timedOut());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("Connection with {} ends", ctx.channel().remoteAddress(), cause);
    var _ = ctx.close();
  }
}
