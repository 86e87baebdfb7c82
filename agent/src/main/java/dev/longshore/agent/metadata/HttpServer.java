package dev.longshore.agent.metadata;

import dev.longshore.agent.docker.Sockets;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A small HTTP/1.1 server: bounded bodies and connections, five seconds to send a request. */
final class HttpServer implements AutoCloseable {
  static final int CONNECTIONS = 1024;
  private static final int BODY = 64 * 1024;
  private static final int SECONDS = 5;

  private final Sockets sockets;
  private final Channel listener;
  private final AtomicInteger open = new AtomicInteger();

  /**
   * Listens; port 0 is a free one.
   *
   * @throws UncheckedIOException when the address is taken or cannot be had
   */
  HttpServer(InetSocketAddress address, Front front) {
    sockets = Sockets.open("task-endpoint");
    var bound =
        sockets
            .server()
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.AUTO_READ, false)
            // A client that ends its side with its request, as netcat does, gets its answer.
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    accept(channel, front);
                  }
                })
            .bind(address)
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      sockets.close();
      throw new UncheckedIOException(new IOException("cannot listen on " + address, bound.cause()));
    }
    listener = bound.channel();
  }

  private void accept(SocketChannel channel, Front front) {
    if (open.incrementAndGet() > CONNECTIONS) {
      open.decrementAndGet();
      var _ = channel.close();
      return;
    }
    var _ = channel.closeFuture().addListener(closed -> open.decrementAndGet());
    channel
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new ReadTimeoutHandler(SECONDS, TimeUnit.SECONDS),
            new WriteTimeoutHandler(SECONDS, TimeUnit.SECONDS),
            new HttpObjectAggregator(BODY),
            new FlowControlHandler(),
            new HttpConversation(front));
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.localAddress();
  }

  @Override
  public void close() {
    listener.close().awaitUninterruptibly();
    sockets.close();
  }
}
