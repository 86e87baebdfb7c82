package dev.longshore.gateway;

import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Listener;
import dev.longshore.gateway.route.Table;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sockets at 127.0.0.1, where every name below {@code localhost} leads, for load balancers that
 * have loopback addresses of their own. Where several listen at one port, the name that a client
 * asks for tells them apart; one that says no known name gets the first. Best effort: a port that
 * somebody else has is left to him, and asked for again with the next routes.
 */
final class NamedDoors {
  private static final Logger LOG = LoggerFactory.getLogger(NamedDoors.class);
  private static final String HERE = "127.0.0.1";

  /** Connections that have not said yet whom they mean. */
  private static final int MOST_UNDECIDED = 1_024;

  private final Supplier<Table> table;
  private final Function<Consumer<Channel>, ServerBootstrap> accepting;
  private final BiConsumer<Channel, Listener> admit;
  private final Map<Integer, Channel> sockets = new LinkedHashMap<>();
  private final ChannelGroup undecided = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

  /**
   * @param accepting makes what binds a socket, from what is done with each connection
   * @param admit lets a connection in to a listener
   */
  NamedDoors(
      Supplier<Table> table,
      Function<Consumer<Channel>, ServerBootstrap> accepting,
      BiConsumer<Channel, Listener> admit) {
    this.table = table;
    this.accepting = accepting;
    this.admit = admit;
  }

  /** Opens and closes sockets until they are those of the table. On the control thread. */
  void open(Table next) {
    Set<Integer> wanted = new TreeSet<>();
    next.gates().stream().filter(NamedDoors::isNamed).forEach(gate -> wanted.add(port(gate)));
    sockets.forEach((port, socket) -> {
      if (!wanted.contains(port)) {
        socket.close().awaitUninterruptibly();
      }
    });
    sockets.keySet().retainAll(wanted);
    wanted.stream().filter(port -> !sockets.containsKey(port)).forEach(this::listen);
  }

  private static int port(Gate gate) {
    return gate.spec().port();
  }

  private static boolean isNamed(Gate gate) {
    String address = gate.spec().address();
    return !gate.loadBalancer().dnsName().isEmpty()
        && address.startsWith("127.")
        && !address.equals(HERE)
        && !gate.spec().protocol().isDatagram();
  }

  private void listen(int port) {
    ChannelFuture bound =
        accepting.apply(channel -> accept(channel, port)).bind(HERE, port).awaitUninterruptibly();
    if (bound.isSuccess()) {
      sockets.put(port, bound.channel());
    } else {
      LOG.info(
          "Names of load balancers do not lead to their port {}: {}",
          port,
          String.valueOf(bound.cause()));
    }
  }

  private List<Gate> gates(int port) {
    return table.get().gates().stream()
        .filter(gate -> isNamed(gate) && port(gate) == port)
        .toList();
  }

  private void accept(Channel channel, int port) {
    List<Gate> here = gates(port);
    if (here.size() == 1) {
      admit.accept(channel, here.getFirst().spec());
    } else if (undecided.size() >= MOST_UNDECIDED) {
      var _ = channel.close();
    } else {
      undecided.add(channel);
      channel.pipeline().addLast(new NameReader(name -> choose(channel, port, name)));
    }
  }

  private void choose(Channel channel, int port, String name) {
    undecided.remove(channel);
    List<Gate> here = gates(port);
    here.stream()
        .filter(gate -> gate.loadBalancer().dnsName().equalsIgnoreCase(name))
        .findFirst()
        .or(() -> here.stream().findFirst())
        .map(Gate::spec)
        .ifPresentOrElse(
            spec -> admit.accept(channel, spec),
            () -> {
              var _ = channel.close();
            });
  }

  void close() {
    sockets.values().forEach(socket -> socket.close().awaitUninterruptibly());
    sockets.clear();
    undecided.close().awaitUninterruptibly();
  }
}
