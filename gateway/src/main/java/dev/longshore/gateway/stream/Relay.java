package dev.longshore.gateway.stream;

import dev.longshore.gateway.metric.Surprises;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Joins two connections of one event loop: each is read only as fast as the other takes it, an end
 * of one direction is passed on, and silence in both ends both.
 */
public final class Relay {
  private final Side near;
  private final Side far;
  private final long idleNanos;
  private final Runnable end;
  private LongConsumer bytes = count -> {};
  private Runnable nearReset = () -> {};
  private Runnable farReset = () -> {};
  private @Nullable Future<?> timer;
  private long lastActivity = System.nanoTime();
  private boolean started;
  private boolean over;

  /**
   * @param here the client's connection
   * @param there the target's
   * @param end run once, when both are closed or about to be
   */
  public Relay(Channel here, Channel there, long idleNanos, Runnable end) {
    this.near = new Side(here, there, true);
    this.far = new Side(there, here, false);
    this.idleNanos = idleNanos;
    this.end = end;
  }

  /** Has bytes and resets counted. */
  Relay counting(LongConsumer bytes, Runnable nearReset, Runnable farReset) {
    this.bytes = bytes;
    this.nearReset = nearReset;
    this.farReset = farReset;
    return this;
  }

  /** What goes last into the client's pipeline. */
  public ChannelHandler near() {
    return near;
  }

  /** What goes last into the target's pipeline. */
  public ChannelHandler far() {
    return far;
  }

  /** Begins to read from both; their handlers are in place. */
  public void start() {
    started = true;
    if (!near.from.isActive() || !far.from.isActive()) {
      close();
      return;
    }
    near.from.flush();
    far.from.flush();
    near.from.config().setAutoRead(true);
    far.from.config().setAutoRead(true);
    watch(idleNanos);
  }

  private void watch(long nanos) {
    timer =
        near.from
            .eventLoop()
            .schedule(
                () -> {
                  long left = lastActivity + idleNanos - System.nanoTime();
                  if (left <= 0) {
                    close();
                  } else {
                    watch(left);
                  }
                },
                nanos,
                TimeUnit.NANOSECONDS);
  }

  /** Ends both connections. From any thread. */
  void end() {
    near.from.eventLoop().execute(this::close);
  }

  /** Ends both connections. On their loop. */
  public void close() {
    finish();
    var _ = near.from.close();
    var _ = far.from.close();
  }

  private void finish() {
    if (!over) {
      over = true;
      if (timer != null) {
        timer.cancel(false);
      }
      end.run();
    }
  }

  /** Hears one connection and writes to the other. */
  private final class Side extends ChannelInboundHandlerAdapter {
    private final Channel from;
    private final Channel to;
    private final boolean client;
    private boolean ended;

    private Side(Channel from, Channel to, boolean client) {
      this.from = from;
      this.to = to;
      this.client = client;
    }

    private Side other() {
      return client ? far : near;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      if (!(message instanceof ByteBuf data)) {
        ReferenceCountUtil.release(message);
        return;
      }
      lastActivity = System.nanoTime();
      bytes.accept(data.readableBytes());
      var _ = to.write(data, to.voidPromise());
      if (!to.isWritable()) {
        from.config().setAutoRead(false);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      to.flush();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
      if (started) {
        to.config().setAutoRead(from.isWritable());
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event == ChannelInputShutdownEvent.INSTANCE) {
        ended = true;
        if (other().ended || !(to instanceof DuplexChannel duplex)) {
          closeAfterWrites();
        } else {
          // What is not written yet would be dropped by ending the output.
          var _ =
              to.writeAndFlush(Unpooled.EMPTY_BUFFER)
                  .addListener(written -> {
                    endOutput(duplex);
                  });
        }
      }
      ctx.fireUserEventTriggered(event);
    }

    /** Says that no more comes; within TLS, where that is spoken, so that it is not a cut. */
    private static void endOutput(DuplexChannel duplex) {
      SslHandler tls = duplex.pipeline().get(SslHandler.class);
      if (tls == null) {
        var _ = duplex.shutdownOutput();
      } else {
        var _ =
            tls.closeOutbound()
                .addListener(told -> {
                  var _ = duplex.shutdownOutput();
                });
      }
    }

    private void closeAfterWrites() {
      finish();
      var _ = to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
      var _ = from.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      finish();
      var _ = to.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
    }

    /** A reset is passed on as one. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      Surprises.tell(cause);
      (client ? nearReset : farReset).run();
      finish();
      Resets.reset(to);
      var _ = from.close();
    }
  }

  /** Closes so that the other end sees a reset. */
  static final class Resets {
    private Resets() {}

    static void reset(Channel channel) {
      try {
        channel.config().setOption(ChannelOption.SO_LINGER, 0);
      } catch (io.netty.channel.ChannelException closedAlready) {
        // Nobody is left to be told.
      }
      var _ = channel.close();
    }
  }
}
