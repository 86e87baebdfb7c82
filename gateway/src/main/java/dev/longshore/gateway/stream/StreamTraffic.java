package dev.longshore.gateway.stream;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Counts;
import dev.longshore.gateway.metric.Metrics;
import dev.longshore.gateway.route.Addresses;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.GroupSettings;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Outcome;
import dev.longshore.gateway.route.Table;
import dev.longshore.gateway.tls.Outgoing;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All TCP of a gateway: gives each connection a target by its flow and joins the two. */
public final class StreamTraffic {
  private static final int MAX_ATTEMPTS = 3;

  private final Class<? extends Channel> type;
  private final Supplier<Table> table;
  private final Metrics metrics;
  private final int connectMillis;
  private final Outgoing outgoing = new Outgoing();
  private final Map<Relay, Member> relays = new ConcurrentHashMap<>();

  /**
   * @param type of connections to targets, fit for the event loops
   * @param table answers the newest table
   */
  public StreamTraffic(
      Class<? extends Channel> type, Supplier<Table> table, Metrics metrics, int connectMillis) {
    this.type = type;
    this.table = table;
    this.metrics = metrics;
    this.connectMillis = connectMillis;
  }

  /** What stands last in the pipeline of a connection that a listener accepted. */
  public ChannelHandler listener(String listenerArn, boolean secure) {
    return new Entrance(this, listenerArn, secure);
  }

  /** A client and this gateway could not agree on TLS. */
  void refused(String listenerArn) {
    Gate gate = table.get().gate(listenerArn);
    if (gate != null) {
      metrics.balancer(gate.loadBalancer().name()).add(Count.CLIENT_TLS_ERROR);
    }
  }

  /** Takes a connection that is ready. Nothing is read from it before its target is there. */
  void accepted(Channel client, String listenerArn) {
    client.config().setAutoRead(false);
    connect(client, listenerArn, null, 1);
  }

  /** Goes where the routes lead now: they may have changed since an attempt before. */
  private void connect(Channel client, String listenerArn, @Nullable Member failed, int attempt) {
    Table routes = table.get();
    Gate gate = routes.gate(listenerArn);
    if (gate == null || !(gate.outcome() instanceof Outcome.Onward onward)) {
      Relay.Resets.reset(client);
      return;
    }
    Counts counts = metrics.balancer(gate.loadBalancer().name());
    Group group = onward.choose();
    Member member = group == null ? null : choose(client, group, failed);
    if (group == null || member == null) {
      if (table.get() != routes) {
        connect(client, listenerArn, failed, attempt);
        return;
      }
      counts.add(Count.ELB_RESET);
      Relay.Resets.reset(client);
      return;
    }
    member.begin();
    ChannelFuture connected = open(client, group, member);
    connected.addListener(done -> {
      boolean allowed = member.accepting() || group.eligible() == 0;
      if (connected.isSuccess() && allowed && client.isActive()) {
        join(client, connected.channel(), group, member, gate, counts);
        return;
      }
      member.end();
      if (connected.isSuccess()) {
        var _ = connected.channel().close();
      } else {
        counts.add(Count.TARGET_CONNECTION_ERROR);
      }
      boolean others = attempt < MAX_ATTEMPTS && group.eligible() > 1;
      if (client.isActive() && (others || !allowed)) {
        connect(client, listenerArn, member, allowed ? attempt + 1 : attempt);
      } else {
        counts.add(Count.ELB_RESET);
        Relay.Resets.reset(client);
      }
    });
  }

  private ChannelFuture open(Channel client, Group group, Member member) {
    boolean secure = group.spec().protocol().isSecure();
    return new Bootstrap()
        .group(client.eventLoop())
        .channel(type)
        .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, connectMillis)
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true)
        .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
        .option(ChannelOption.AUTO_READ, secure)
        .handler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel channel) {
                if (secure) {
                  channel.pipeline().addLast(outgoing.secure(channel, false, member));
                }
              }
            })
        .connect(new InetSocketAddress(Addresses.address(member.address()), member.port()));
  }

  private static @Nullable Member choose(Channel client, Group group, @Nullable Member failed) {
    if (!(client.remoteAddress() instanceof InetSocketAddress from)
        || !(client.localAddress() instanceof InetSocketAddress to)) {
      return null;
    }
    boolean sticky = group.settings().stickiness() == GroupSettings.Stickiness.SOURCE_IP;
    return group.chooseByFlow(sticky ? Flows.source(from) : Flows.of(from, to), failed);
  }

  private void join(
      Channel client, Channel target, Group group, Member member, Gate gate, Counts counts) {
    if (group.settings().proxyProtocol()
        && client.remoteAddress() instanceof InetSocketAddress from
        && client.localAddress() instanceof InetSocketAddress to) {
      var _ = target.write(ProxyProtocol.head(target.alloc(), from, to, true));
    }
    counts.add(Count.NEW_FLOW);
    counts.add(Count.ACTIVE_FLOW);
    Ending ending = new Ending(member, counts);
    Relay relay =
        new Relay(client, target, gate.settings().flowIdleNanos(), ending)
            .counting(
                bytes -> counts.add(Count.PROCESSED_BYTES, bytes),
                () -> counts.add(Count.CLIENT_RESET),
                () -> counts.add(Count.TARGET_RESET));
    relays.put(relay, member);
    client.closeFuture().addListener(closed -> relays.remove(relay));
    target.pipeline().addLast(relay.far());
    client.pipeline().addLast(relay.near());
    client.pipeline().remove(Entrance.class);
    relay.start();
  }

  /** Notes that a flow is over. */
  private record Ending(Member member, Counts counts) implements Runnable {
    @Override
    public void run() {
      member.end();
      counts.add(Count.ACTIVE_FLOW, -1);
    }
  }

  /** The table was replaced: ends what may no longer go on. */
  public void sweep() {
    relays.forEach((relay, member) -> {
      Group group = table.get().group(member.groupArn());
      boolean cut =
          member.gone() || (member.draining() && group != null && group.settings().terminate());
      if (cut) {
        relay.end();
      }
    });
  }
}
