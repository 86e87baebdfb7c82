package dev.longshore.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.longshore.gateway.metric.Surprises;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.ssl.AbstractSniHandler;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads from a client's first bytes what name it asks for, by TLS or by HTTP/1, and steps aside:
 * whoever comes next reads the same bytes.
 */
final class NameReader extends ByteToMessageDecoder {
  /** Bytes within which a name must stand. */
  private static final int MOST = 16 << 10;

  private static final long PATIENCE_MILLIS = 10_000;
  private static final int TLS_HANDSHAKE = 0x16;

  private final Consumer<String> named;
  private @Nullable Future<?> patience;

  /**
   * @param named told the name without a port, "" where there is none; adds to the pipeline who
   *     comes next
   */
  NameReader(Consumer<String> named) {
    this.named = named;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    patience =
        ctx.executor()
            .schedule(
                () -> {
                  var _ = ctx.close();
                },
                PATIENCE_MILLIS,
                TimeUnit.MILLISECONDS);
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (patience != null) {
      patience.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (in.getUnsignedByte(in.readerIndex()) == TLS_HANDSHAKE) {
      ctx.pipeline().addLast(new OfTls(named));
      ctx.pipeline().remove(this);
      return;
    }
    String head =
        in.toString(in.readerIndex(), Math.min(in.readableBytes(), MOST), ISO_8859_1)
            .toLowerCase(Locale.ROOT);
    int end = head.indexOf("\r\n\r\n");
    int field = head.indexOf("\r\nhost:");
    int rest = field < 0 ? -1 : head.indexOf("\r\n", field + 2);
    if (rest >= 0 && (end < 0 || field < end)) {
      proceed(ctx, withoutPort(head.substring(field + "\r\nhost:".length(), rest).strip()));
    } else if (end >= 0 || head.length() == MOST) {
      proceed(ctx, "");
    }
  }

  private void proceed(ChannelHandlerContext ctx, String name) {
    named.accept(name);
    // Who was added after the connection had become active hears of it now.
    ctx.fireChannelActive();
    ctx.pipeline().remove(this);
  }

  private static String withoutPort(String host) {
    int colon = host.lastIndexOf(':');
    return colon < 0 ? host : host.substring(0, colon);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Surprises.tell(cause);
    var _ = ctx.close();
  }

  /** The name of a handshake. */
  private static final class OfTls extends AbstractSniHandler<String> {
    private final Consumer<String> named;

    OfTls(Consumer<String> named) {
      super(MOST, PATIENCE_MILLIS);
      this.named = named;
    }

    @Override
    protected Future<String> lookup(ChannelHandlerContext ctx, @Nullable String hostname) {
      return ctx.executor().newSucceededFuture(hostname == null ? "" : hostname);
    }

    @Override
    protected void onLookupComplete(
        ChannelHandlerContext ctx, @Nullable String hostname, Future<String> name) {
      named.accept(name.getNow());
      ctx.fireChannelActive();
      ctx.pipeline().remove(this);
    }

    /** No handshake after all, or none in time: nobody is behind this one yet to hear of it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      Surprises.tell(cause);
      var _ = ctx.close();
    }
  }
}
