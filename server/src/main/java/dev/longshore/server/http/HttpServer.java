package dev.longshore.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The process's one port. It speaks HTTP/1.1, HTTP/2 (by its preface or by upgrade) and WebSocket,
 * with TLS or without, through epoll where the kernel has it.
 */
public final class HttpServer implements AutoCloseable {
  /** How long requests that were taken may still be answered once the server is closed. */
  public static final Duration GRACE = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
  private static final int BACKLOG = 1024;

  /** Bytes read from a socket at once, where a peer sends as fast as that. */
  static final int MOST_READ = 256 << 10;

  private static final int LEAST_READ = 64;
  private static final int FIRST_READ = 2048;

  private final EventLoopGroup loops;
  private final Reception reception;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
  private final Channel door;

  private HttpServer(HttpSettings settings, Reception reception) throws IOException {
    this.reception = reception;
    boolean epoll = Epoll.isAvailable();
    var threads = new DefaultThreadFactory("http", true);
    loops =
        new MultiThreadIoEventLoopGroup(
            settings.eventLoops(),
            threads,
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
    Class<? extends ServerChannel> type =
        epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loops)
            .channel(type)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childOption(
                ChannelOption.RECVBUF_ALLOCATOR,
                new AdaptiveRecvByteBufAllocator(LEAST_READ, FIRST_READ, MOST_READ))
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    admit(channel);
                  }
                })
            .bind(settings.host(), settings.port())
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      loops.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      throw new IOException(
          "Cannot listen on " + settings.host() + ":" + settings.port(), bound.cause());
    }
    door = bound.channel();
  }

  /**
   * Listens, and returns once connections are taken.
   *
   * @param webSockets the routes of WebSocket upgrades by exact path
   * @throws IOException where the port is taken or may not be bound
   */
  public static HttpServer start(
      HttpSettings settings, HttpRoute route, Map<String, WebSocketRoute> webSockets)
      throws IOException {
    var server = new HttpServer(settings, new Reception(settings, route, webSockets));
    LOG.info("Listening on {}{}", server.address(), settings.tls() == null ? "" : " with TLS");
    return server;
  }

  /** Where the server listens, the port that it was given included. */
  public InetSocketAddress address() {
    return (InetSocketAddress) door.localAddress();
  }

  /** How many connections are open. */
  public int connections() {
    return connections.size();
  }

  private void admit(Channel channel) {
    if (connections.size() >= reception.settings().limits().connections()) {
      LOG.warn("Turned {} away: too many connections", channel.remoteAddress());
      var _ = channel.close();
      return;
    }
    connections.add(channel);
    Tls tls = reception.settings().tls();
    if (tls != null) {
      channel.pipeline().addLast(new TlsPreface(tls));
    }
    channel.pipeline().addLast(new Preface(reception));
  }

  /**
   * Takes no more connections, answers what was taken within {@link #GRACE}, says good-bye to the
   * WebSockets, and ends. Blocks until then.
   */
  @Override
  public void close() {
    reception.close();
    door.close().awaitUninterruptibly();
    connections.forEach(c -> c.pipeline().fireUserEventTriggered(Reception.Event.CLOSING));
    connections.newCloseFuture().awaitUninterruptibly(GRACE.toMillis());
    connections.close().awaitUninterruptibly();
    loops.shutdownGracefully(0, GRACE.toSeconds(), TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
