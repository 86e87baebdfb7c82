package dev.longshore.agent.docker;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDomainSocketChannel;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioDomainSocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.unix.DomainSocketAddress;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.concurrent.TimeUnit;

/** One event loop thread and the kinds of sockets that suit the platform: epoll, or else NIO. */
public final class Sockets implements AutoCloseable {
  private final boolean epoll = Epoll.isAvailable();
  private final EventLoopGroup group;

  private Sockets(String threadName) {
    group =
        new MultiThreadIoEventLoopGroup(
            1,
            new DefaultThreadFactory(threadName, true),
            epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());
  }

  public static Sockets open(String threadName) {
    return new Sockets(threadName);
  }

  /** A server of TCP ports, all of whose channels the one thread serves. */
  public ServerBootstrap server() {
    return new ServerBootstrap()
        .group(group)
        .channel(epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class);
  }

  /** A client of TCP ports. */
  public Bootstrap client() {
    return new Bootstrap()
        .group(group)
        .channel(epoll ? EpollSocketChannel.class : NioSocketChannel.class);
  }

  EventLoopGroup group() {
    return group;
  }

  Bootstrap client(EngineAddress address) {
    return new Bootstrap()
        .group(group)
        .channel(
            switch (address) {
              case EngineAddress.Socket socket ->
                  epoll ? EpollDomainSocketChannel.class : NioDomainSocketChannel.class;
              case EngineAddress.Tcp tcp ->
                  epoll ? EpollSocketChannel.class : NioSocketChannel.class;
            })
        .remoteAddress(remote(address));
  }

  private SocketAddress remote(EngineAddress address) {
    return switch (address) {
      case EngineAddress.Socket(var path) ->
          epoll ? new DomainSocketAddress(path.toFile()) : UnixDomainSocketAddress.of(path);
      case EngineAddress.Tcp(var host, var port) -> InetSocketAddress.createUnresolved(host, port);
    };
  }

  /** Closes all sockets and ends the thread; does not wait for it. */
  @Override
  public void close() {
    var _ = group.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }
}
