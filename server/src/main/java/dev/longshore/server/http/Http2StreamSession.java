package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One HTTP/2 stream, that is one request and its answer, on its connection's event loop. */
final class Http2StreamSession extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = LoggerFactory.getLogger(Http2StreamSession.class);

  private final Http2Session connection;
  private final Reception reception;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Http2Headers head;
  private @Nullable Intake intake;
  private @Nullable BodyStream stream;
  private @Nullable ContentPump pump;
  private boolean refused;
  private boolean writing;
  private long writingSince;

  Http2StreamSession(Http2Session connection, Reception reception) {
    this.connection = connection;
    this.reception = reception;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    connection.opened(this);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    dropIntake();
    if (stream != null) {
      stream.cut();
      stream = null;
    }
    if (pump != null) {
      pump.stop();
    }
    connection.closed(this);
    ctx.fireChannelInactive();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    try {
      if (refused) {
        return;
      }
      switch (message) {
        case Http2HeadersFrame headers when head == null -> begin(ctx, headers);
        case Http2HeadersFrame trailers when trailers.isEndStream() && stream != null ->
            endStream();
        case Http2DataFrame data when stream != null -> pass(ctx, stream, data);
        case Http2HeadersFrame trailers when trailers.isEndStream() && intake != null ->
            finish(ctx);
        case Http2DataFrame data -> take(ctx, data.content(), data.isEndStream());
        default -> LOG.trace("Passed over {}", message);
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void begin(ChannelHandlerContext ctx, Http2HeadersFrame headers) {
    head = headers.headers();
    CharSequence method = head.method();
    CharSequence path = head.path();
    if (method != null && path != null && reception.streams(method.toString(), path.toString())) {
      stream(ctx, headers);
      return;
    }
    intake = new Intake(reception);
    Long declared = head.getLong("content-length");
    if (method == null || path == null) {
      refuse(ctx, Refusals.badRequest("The request has no method or no path."));
    } else if (declared != null && declared > reception.settings().limits().body()) {
      refuse(ctx, Refusals.bodyTooLarge(reception.settings().limits().body()));
    } else if (headers.isEndStream()) {
      finish(ctx);
    }
  }

  /** Has the route answer while the body is still on its way. */
  private void stream(ChannelHandlerContext ctx, Http2HeadersFrame headers) {
    var body =
        new BodyStream(
            reception.settings().timeouts().request(),
            () -> ctx.executor().execute(() -> ctx.channel().config().setAutoRead(true)));
    stream = body;
    if (headers.isEndStream()) {
      endStream();
    }
    Http2Headers fields = headers.headers();
    var request =
        Request.streamed(
            String.valueOf(fields.method()),
            String.valueOf(fields.path()),
            new Http2HeaderFields(fields),
            body,
            reception.peer(ctx.channel().parent()),
            ctx.executor());
    reception.answer(request, ctx.executor(), response -> streamed(ctx, body, response));
  }

  private void streamed(ChannelHandlerContext ctx, BodyStream body, Response response) {
    body.abandon();
    if (stream == body) {
      // Answered before the body's end: the peer is asked to send no more of it.
      stream = null;
      ctx.channel().config().setAutoRead(true);
      refuse(ctx, response);
    } else {
      var _ = write(ctx, response);
    }
  }

  private void pass(ChannelHandlerContext ctx, BodyStream body, Http2DataFrame data) {
    if (data.content().isReadable()) {
      body.put(data.content().retain());
    }
    if (data.isEndStream()) {
      endStream();
    }
    if (!body.hungry()) {
      ctx.channel().config().setAutoRead(false);
    }
  }

  private void endStream() {
    if (stream != null) {
      stream.end();
    }
    stream = null;
  }

  private void take(ChannelHandlerContext ctx, ByteBuf content, boolean last) {
    if (intake == null) {
      return;
    }
    switch (intake.take(content)) {
      case TOO_LARGE -> refuse(ctx, Refusals.bodyTooLarge(reception.settings().limits().body()));
      case BUSY -> refuse(ctx, Refusals.busy());
      case OK -> {
        if (last) {
          finish(ctx);
        }
      }
    }
  }

  private void finish(ChannelHandlerContext ctx) {
    Http2Headers fields = Objects.requireNonNull(head);
    byte[] body = Objects.requireNonNull(intake).body();
    intake = null;
    var request =
        new Request(
            String.valueOf(fields.method()),
            String.valueOf(fields.path()),
            new Http2HeaderFields(fields),
            body,
            reception.peer(ctx.channel().parent()),
            ctx.executor());
    reception.answer(
        request,
        ctx.executor(),
        response -> {
          var _ = write(ctx, response);
        });
  }

  /** Answers before the request is whole, and asks the peer to send no more of it. */
  private void refuse(ChannelHandlerContext ctx, Response response) {
    refused = true;
    dropIntake();
    // The codec would let a reset overtake the answer's body, which waits for flow control.
    write(ctx, response)
        .addListener(done -> {
          var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.NO_ERROR));
        });
  }

  private ChannelFuture write(ChannelHandlerContext ctx, Response response) {
    var fields = new DefaultHttp2Headers();
    fields.status(Integer.toString(response.status()));
    for (Response.Header field : response.headers()) {
      fields.add(field.name(), field.value());
    }
    fields.set("date", HttpDate.now());
    if (response.status() != 204 && !fields.contains("content-length")) {
      fields.setLong("content-length", response.length());
    }
    boolean bodiless =
        response.length() == 0 || (head != null && "HEAD".contentEquals(method(head)));
    Content content = response.content();
    if (content != null && bodiless) {
      ContentPump.close(content);
    }
    writing = true;
    writingSince = System.nanoTime();
    ChannelFuture done = ctx.write(new DefaultHttp2HeadersFrame(fields, bodiless));
    if (content != null && !bodiless) {
      return pump(ctx, content);
    }
    if (!bodiless) {
      done = ctx.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(response.body()), true));
    }
    done.addListener(outcome -> writing = false);
    ctx.flush();
    return done;
  }

  private ChannelFuture pump(ChannelHandlerContext ctx, Content content) {
    ChannelPromise sent = ctx.newPromise();
    pump =
        new ContentPump(
            ctx,
            content,
            false,
            DefaultHttp2DataFrame::new,
            () -> writingSince = System.nanoTime(),
            whole -> {
              pump = null;
              writing = false;
              if (whole) {
                sent.setSuccess();
              } else {
                sent.setFailure(new IOException("The content was not sent whole."));
                var _ = ctx.writeAndFlush(new DefaultHttp2ResetFrame(Http2Error.INTERNAL_ERROR));
              }
            });
    pump.start();
    return sent;
  }

  private static CharSequence method(Http2Headers head) {
    return Objects.requireNonNullElse(head.method(), "");
  }

  private void dropIntake() {
    if (intake != null) {
      intake.abandon();
    }
    intake = null;
  }

  /** Whether the peer has left the answer unread for longer than this. */
  boolean stuck(Duration limit) {
    return writing && Ticks.past(writingSince, limit);
  }

  /** Refuses a request whose body has been on its way for longer than this. */
  void look(Duration limit) {
    if (context != null && intake != null && Ticks.past(intake.startedAt(), limit)) {
      refuse(context, Refusals.timedOut());
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    LOG.debug("HTTP/2 stream ends", cause);
    var _ = ctx.close();
  }
}
