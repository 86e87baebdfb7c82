package dev.longshore.gateway;

import dev.longshore.gateway.http.HttpTraffic;
import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Counts;
import dev.longshore.gateway.metric.Metrics;
import dev.longshore.gateway.route.Addresses;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Table;
import dev.longshore.gateway.stream.DatagramTraffic;
import dev.longshore.gateway.stream.StreamTraffic;
import dev.longshore.gateway.tls.Incoming;
import io.netty.bootstrap.AbstractBootstrap;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollDatagramChannel;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The sockets that are listened on. Changed on the control thread, asked by any. */
final class Doors {
  private static final int BACKLOG = 4096;
  private static final boolean EPOLL = Epoll.isAvailable();

  private record Door(Listener spec, List<Channel> sockets) {
    boolean suits(Listener other) {
      return spec.address().equals(other.address())
          && (spec.port() == other.port() || port() == other.port())
          && spec.protocol() == other.protocol();
    }

    /** The port that it was given, where it may be any. */
    int port() {
      return ((InetSocketAddress) sockets.getFirst().localAddress()).getPort();
    }

    void close() {
      sockets.forEach(socket -> socket.close().awaitUninterruptibly());
    }
  }

  private final EventLoopGroup loops;
  private final GatewaySettings settings;
  private final HttpTraffic http;
  private final StreamTraffic streams;
  private final DatagramTraffic datagrams;
  private final Supplier<Incoming> certificates;
  private final Supplier<Table> table;
  private final Metrics metrics;
  private final Map<String, Door> doors = new ConcurrentHashMap<>();
  private final NamedDoors named;
  private final ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  Doors(
      EventLoopGroup loops,
      GatewaySettings settings,
      HttpTraffic http,
      StreamTraffic streams,
      DatagramTraffic datagrams,
      Supplier<Incoming> certificates,
      Supplier<Table> table,
      Metrics metrics) {
    this.loops = loops;
    this.settings = settings;
    this.http = http;
    this.streams = streams;
    this.datagrams = datagrams;
    this.certificates = certificates;
    this.table = table;
    this.metrics = metrics;
    named = new NamedDoors(table, this::accepting, this::admit);
  }

  /**
   * Opens and closes sockets until they are those of the table; answers what could not be done, by
   * listener.
   */
  Map<String, String> open(Table next) {
    for (Map.Entry<String, Door> each : List.copyOf(doors.entrySet())) {
      Gate gate = next.gate(each.getKey());
      if (gate == null || !each.getValue().suits(gate.spec())) {
        each.getValue().close();
        doors.remove(each.getKey());
      }
    }
    Map<String, String> faults = new LinkedHashMap<>();
    for (Gate gate : next.gates()) {
      String arn = gate.spec().arn();
      String fault = doors.containsKey(arn) ? "" : listen(gate.spec());
      if (!fault.isEmpty()) {
        faults.put(arn, fault);
      }
    }
    named.open(next);
    return faults;
  }

  /** Says what was in the way; "" where nothing was. */
  private String listen(Listener spec) {
    InetSocketAddress address =
        new InetSocketAddress(Addresses.address(spec.address()), spec.port());
    List<Channel> sockets = new ArrayList<>();
    String fault = "";
    if (!spec.protocol().equals(Protocol.UDP)) {
      fault = bind(accepting(channel -> admit(channel, spec)), address, sockets);
    }
    if (spec.protocol().isDatagram() && fault.isEmpty()) {
      InetSocketAddress same =
          sockets.isEmpty() ? address : (InetSocketAddress) sockets.getFirst().localAddress();
      fault = bind(hearing(spec), same, sockets);
    }
    if (!sockets.isEmpty()) {
      doors.put(spec.arn(), new Door(spec, sockets));
    }
    return fault;
  }

  private static String bind(
      AbstractBootstrap<?, ?> bootstrap, InetSocketAddress address, List<Channel> sockets) {
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (bound.isSuccess()) {
      sockets.add(bound.channel());
      return "";
    }
    return "Cannot listen on " + address + ": " + bound.cause();
  }

  private ServerBootstrap accepting(Consumer<Channel> accepted) {
    return new ServerBootstrap()
        .group(loops)
        .channel(EPOLL ? EpollServerSocketChannel.class : NioServerSocketChannel.class)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_REUSEADDR, true)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_KEEPALIVE, true)
        .childHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                accepted.accept(channel);
              }
            });
  }

  private Bootstrap hearing(Listener spec) {
    return new Bootstrap()
        .group(loops)
        .channel(EPOLL ? EpollDatagramChannel.class : NioDatagramChannel.class)
        .handler(datagrams.listener(spec.arn()));
  }

  private void admit(Channel channel, Listener spec) {
    Gate gate = table.get().gate(spec.arn());
    if (gate == null) {
      var _ = channel.close();
      return;
    }
    Counts counts = metrics.balancer(gate.loadBalancer().name());
    if (connections.size() >= settings.connections()) {
      counts.add(Count.REJECTED_CONNECTION);
      var _ = channel.close();
      return;
    }
    connections.add(channel);
    channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, spec.protocol().isStream());
    counts.add(Count.NEW_CONNECTION);
    counts.add(Count.ACTIVE_CONNECTION);
    channel.closeFuture().addListener(closed -> counts.add(Count.ACTIVE_CONNECTION, -1));
    ChannelHandler handshake = certificates.get().handshake(spec.arn());
    if (handshake != null) {
      channel.pipeline().addLast(handshake);
    }
    channel
        .pipeline()
        .addLast(
            spec.protocol().isHttp()
                ? http.accepted(channel, spec.arn())
                : streams.listener(spec.arn(), handshake != null));
  }

  Optional<InetSocketAddress> address(String listenerArn) {
    return Optional.ofNullable(doors.get(listenerArn))
        .map(door -> (InetSocketAddress) door.sockets().getFirst().localAddress());
  }

  void close() {
    named.close();
    doors.values().forEach(Door::close);
    doors.clear();
    connections.close().awaitUninterruptibly();
  }
}
