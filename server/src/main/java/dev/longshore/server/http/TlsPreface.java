package dev.longshore.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tells by a connection's first byte whether the peer speaks TLS. One who does not is told so in
 * HTTP, for a connection that is cut without a word says nothing of what to do.
 */
final class TlsPreface extends ByteToMessageDecoder {
  /** The type of the record with which each client of TLS begins. */
  private static final int HANDSHAKE = 22;

  private static final String TEXT =
      "This port speaks TLS: call it by https:// (commands of longshore: with --tls-ca FILE).\n";
  private static final String REFUSAL =
      "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n"
          + "Content-Length: "
          + TEXT.length()
          + "\r\n\r\n"
          + TEXT;

  private final Tls tls;
  private @Nullable Future<?> end;
  private boolean refused;

  TlsPreface(Tls tls) {
    this.tls = tls;
  }

  /** Neither silence nor a peer that was refused may hold a connection for long. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    end = ctx.executor().schedule(() -> close(ctx), Tls.HANDSHAKE_SECONDS, TimeUnit.SECONDS);
  }

  private static void close(ChannelHandlerContext ctx) {
    var _ = ctx.close();
  }

  @Override
  protected void handlerRemoved0(ChannelHandlerContext ctx) {
    if (end != null) {
      end.cancel(false);
    }
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
    if (!refused && in.getUnsignedByte(in.readerIndex()) == HANDSHAKE) {
      ctx.pipeline().replace(this, null, tls.session(ctx.alloc()));
      return;
    }
    // What was sent is read to its end: closing over it would reset the peer before it reads.
    in.skipBytes(in.readableBytes());
    if (!refused) {
      refused = true;
      refuse(ctx);
    }
  }

  private static void refuse(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(Unpooled.copiedBuffer(REFUSAL, US_ASCII))
        .addListener(done -> {
          if (done.isSuccess() && ctx.channel() instanceof DuplexChannel duplex) {
            var _ = duplex.shutdownOutput();
          } else {
            close(ctx);
          }
        });
  }
}
