package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket. Frames come in on the connection's event loop; sends come from anywhere and are
 * counted until the kernel has them, so that a peer that does not read cannot hold more than its
 * queue.
 */
final class WebSocketSession extends ChannelInboundHandlerAdapter implements WebSocketConnection {
  private static final Logger LOG = LoggerFactory.getLogger(WebSocketSession.class);
  private static final Duration CLOSING = Duration.ofSeconds(5);

  /** What decoding leaves where bytes are no text; it may also have been sent as such. */
  private static final char REPLACEMENT = '\uFFFD';

  /** What a frame costs in memory besides its text. */
  private static final int FRAME_OVERHEAD = 256;

  private final Channel channel;
  private final WebSocketListener listener;
  private final Reception reception;
  private final AtomicLong queued = new AtomicLong();
  private final AtomicBoolean ended = new AtomicBoolean();
  private @Nullable Future<?> ticks;
  private long heard = System.nanoTime();
  private long pinged = heard;
  private volatile long endedAt;
  private boolean opened;
  private boolean closed;
  private int code = WebSocketCloseStatus.ABNORMAL_CLOSURE.code();
  private String reason = "The connection broke off.";

  WebSocketSession(Channel channel, WebSocketListener listener, Reception reception) {
    this.channel = channel;
    this.listener = listener;
    this.reception = reception;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    ticks = Ticks.start(ctx, reception.settings(), this::look);
    opened = true;
    tell(() -> listener.opened(this));
  }

  @Override
  public boolean send(String message) {
    if (!isOpen()) {
      return false;
    }
    ByteBuf text = ByteBufUtil.writeUtf8(channel.alloc(), message);
    int cost = text.readableBytes() + FRAME_OVERHEAD;
    if (queued.addAndGet(cost) > reception.settings().webSockets().queue()) {
      text.release();
      drop("The peer does not read what it is sent.");
      return false;
    }
    channel
        .writeAndFlush(new TextWebSocketFrame(text))
        .addListener(done -> {
          queued.addAndGet(-cost);
          if (!done.isSuccess()) {
            drop("A message could not be sent.");
          }
        });
    return true;
  }

  @Override
  public void close(int code, String reason) {
    if (ended.compareAndSet(false, true)) {
      endedAt = System.nanoTime();
      channel.eventLoop().execute(() -> remember(code, reason));
      var frame = new CloseWebSocketFrame(code, cut(reason));
      channel.writeAndFlush(frame).addListener(this::closeOnFailure);
    }
  }

  @Override
  public boolean isOpen() {
    return !ended.get() && channel.isActive();
  }

  @Override
  public String remote() {
    return String.valueOf(channel.remoteAddress());
  }

  /** Ends the connection without a word: the peer is not listening anyway. */
  private void drop(String why) {
    if (ended.getAndSet(true)) {
      return;
    }
    endedAt = System.nanoTime();
    channel
        .eventLoop()
        .execute(() -> {
          remember(WebSocketCloseStatus.ABNORMAL_CLOSURE.code(), why);
          var _ = channel.close();
        });
  }

  /** A control frame holds 125 bytes, two of them the code. */
  private static String cut(String reason) {
    String cut = reason.length() > 123 ? reason.substring(0, 123) : reason;
    while (ByteBufUtil.utf8Bytes(cut) > 123) {
      cut = cut.substring(0, cut.length() - 1);
    }
    return cut;
  }

  private void remember(int code, String reason) {
    this.code = code;
    this.reason = reason;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    heard = System.nanoTime();
    try {
      switch (message) {
        case TextWebSocketFrame text -> text(text);
        case PingWebSocketFrame ping ->
            write(new PongWebSocketFrame(ping.content().retainedDuplicate()));
        case PongWebSocketFrame pong -> LOG.trace("{} is there: {}", remote(), pong);
        case CloseWebSocketFrame close -> peerCloses(close);
        case WebSocketFrame other -> {
          LOG.debug("{} sent {}", remote(), other);
          close(WebSocketCloseStatus.INVALID_MESSAGE_TYPE.code(), "Only text is understood.");
        }
        default -> drop("The peer sent bytes before the upgrade was through.");
      }
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void text(TextWebSocketFrame frame) {
    String message = frame.text();
    if (message.indexOf(REPLACEMENT) >= 0 && !ByteBufUtil.isText(frame.content(), UTF_8)) {
      close(WebSocketCloseStatus.INVALID_PAYLOAD_DATA.code(), "The text is not UTF-8.");
    } else if (!ended.get()) {
      tell(() -> listener.text(message));
    }
  }

  private void write(WebSocketFrame frame) {
    channel.writeAndFlush(frame).addListener(this::closeOnFailure);
  }

  private void peerCloses(CloseWebSocketFrame close) {
    int theirs = close.statusCode();
    if (!ended.getAndSet(true)) {
      endedAt = System.nanoTime();
      remember(theirs < 0 ? WebSocketCloseStatus.EMPTY.code() : theirs, close.reasonText());
      channel
          .writeAndFlush(new CloseWebSocketFrame(true, 0, close.content().retain()))
          .addListener(this::closeOnFailure);
    }
    var _ = channel.close();
  }

  private void closeOnFailure(Future<?> done) {
    if (!done.isSuccess()) {
      var _ = channel.close();
    }
  }

  /** A listener that throws must not take the event loop's other connections with it. */
  private void tell(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException e) {
      LOG.error("The listener of {} failed", remote(), e);
      close(WebSocketCloseStatus.INTERNAL_SERVER_ERROR.code(), "The message could not be served.");
    }
  }

  private void look() {
    Duration ping = reception.settings().webSockets().ping();
    if (ended.get()) {
      if (Ticks.past(endedAt, CLOSING)) {
        var _ = channel.close();
      }
    } else if (reception.closing()) {
      close(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE.code(), "The server is going away.");
    } else if (Ticks.past(heard, ping.multipliedBy(2))) {
      drop("The peer is silent.");
    } else if (Ticks.past(heard, ping) && Ticks.past(pinged, ping)) {
      pinged = System.nanoTime();
      write(new PingWebSocketFrame(Unpooled.EMPTY_BUFFER));
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == Reception.Event.CLOSING) {
      look();
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended.set(true);
    if (ticks != null) {
      ticks.cancel(false);
    }
    if (opened && !closed) {
      closed = true;
      tell(() -> listener.closed(code, reason));
    }
    ctx.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (cause) {
      case TooLongFrameException tooLong ->
          close(WebSocketCloseStatus.MESSAGE_TOO_BIG.code(), "The message is too long.");
      case CorruptedFrameException corrupted -> remember(1002, "The peer broke the protocol.");
      default -> {
        LOG.debug("WebSocket with {} ends", remote(), cause);
        drop("The connection broke off.");
      }
    }
  }
}
