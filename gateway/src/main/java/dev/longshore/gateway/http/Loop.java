package dev.longshore.gateway.http;

import dev.longshore.gateway.route.Addresses;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.stream.Relay;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What belongs to one event loop: its clients' sessions and its connections to targets. */
final class Loop {
  private static final long PURGE_MILLIS = 500;

  /** So many are waited for at most, lest peers sit idle while a long queue is read. */
  private static final int MAX_UNFLUSHED = 64;

  private final HttpTraffic traffic;
  private final EventLoop executor;
  private final Class<? extends Channel> type;
  private final IdentityHashMap<Member, Pool> pools = new IdentityHashMap<>();
  private final Set<FrontSession> fronts = new LinkedHashSet<>();
  private final WholeReader wholes = new WholeReader();
  private final Map<Relay, Member> tunnels = new LinkedHashMap<>();
  private final ArrayDeque<Outlet> unflushed = new ArrayDeque<>();

  Loop(HttpTraffic traffic, EventLoop executor, Class<? extends Channel> type) {
    this.traffic = traffic;
    this.executor = executor;
    this.type = type;
    var _ =
        executor.scheduleWithFixedDelay(
            this::purge, PURGE_MILLIS, PURGE_MILLIS, TimeUnit.MILLISECONDS);
  }

  WholeReader wholes() {
    return wholes;
  }

  HttpTraffic traffic() {
    return traffic;
  }

  EventLoop executor() {
    return executor;
  }

  /** Where new connections to targets start from; on this loop. */
  Bootstrap bootstrap() {
    return new Bootstrap()
        .group(executor)
        .channel(type)
        .option(
            ChannelOption.CONNECT_TIMEOUT_MILLIS,
            (int) traffic.settings().connectTimeout().toMillis())
        .option(ChannelOption.TCP_NODELAY, true)
        .option(ChannelOption.SO_KEEPALIVE, true);
  }

  InetSocketAddress address(Member member) {
    return new InetSocketAddress(Addresses.address(member.address()), member.port());
  }

  Pool pool(Member member, TargetGroup spec) {
    Pool known = pools.get(member);
    if (known != null
        && known.spec().version() == spec.version()
        && known.spec().protocol() == spec.protocol()) {
      return known;
    }
    Pool fresh = new Pool(this, member, spec);
    pools.put(member, fresh);
    return fresh;
  }

  void opened(FrontSession front) {
    fronts.add(front);
  }

  void closed(FrontSession front) {
    fronts.remove(front);
  }

  /** Flushes that one after all that is ready now was seen to. */
  void flushSoon(Outlet outlet) {
    if (unflushed.isEmpty()) {
      executor.execute(this::flush);
    }
    unflushed.add(outlet);
    if (unflushed.size() >= MAX_UNFLUSHED) {
      flush();
    }
  }

  private void flush() {
    for (Outlet next = unflushed.poll(); next != null; next = unflushed.poll()) {
      next.flush();
    }
  }

  /** Joins two connections whose HTTP is over. */
  void tunnel(FrontSession front, BackSession back, Member member, long idleNanos, Runnable end) {
    Channel here = front.channel();
    Channel there = back.channel();
    Relay relay = new Relay(here, there, idleNanos, end);
    tunnels.put(relay, member);
    here.closeFuture().addListener(closed -> tunnels.remove(relay));
    front.becomes(relay.near());
    back.becomes(relay.far());
    relay.start();
  }

  private void purge() {
    long before = System.nanoTime() - traffic.settings().pooledIdle().toNanos();
    for (Pool each : List.copyOf(pools.values())) {
      each.purge(before);
      if (each.member().gone() && each.isSpent()) {
        pools.remove(each.member());
      }
    }
  }

  /** The routes changed. On this loop. */
  void sweep() {
    List.copyOf(pools.values()).forEach(Pool::sweep);
    // Of a copy, for a tunnel that ends takes itself out.
    Map<Relay, Member> present = new LinkedHashMap<>(tunnels);
    present.forEach((relay, member) -> {
      if (member.gone()) {
        relay.close();
      }
    });
    for (FrontSession each : new ArrayList<>(fronts)) {
      each.leave(traffic.table().gate(each.listenerArn()) == null);
    }
  }
}
