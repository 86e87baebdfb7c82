package dev.longshore.gateway.http;

import dev.longshore.gateway.metric.Metrics;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Table;
import dev.longshore.gateway.route.TargetGroup;
import dev.longshore.gateway.tls.Outgoing;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.EventExecutor;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** All HTTP of a gateway: takes accepted connections and carries their requests. */
public final class HttpTraffic {
  private static final long USUAL_IDLE_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Supplier<Table> table;
  private final Metrics metrics;
  private final HttpSettings settings;
  private final Consumer<AccessEntry> log;
  private final Outgoing outgoing = new Outgoing();
  private final IdentityHashMap<EventLoop, Loop> loops = new IdentityHashMap<>();

  /**
   * @param table answers the newest table
   * @param type of connections to targets, fit for the event loops
   * @param log is given each request of load balancers that log; must not block
   */
  public HttpTraffic(
      EventLoopGroup group,
      Class<? extends Channel> type,
      Supplier<Table> table,
      Metrics metrics,
      HttpSettings settings,
      Consumer<AccessEntry> log) {
    this.table = table;
    this.metrics = metrics;
    this.settings = settings;
    this.log = log;
    for (EventExecutor each : group) {
      EventLoop loop = (EventLoop) each;
      loops.put(loop, new Loop(this, loop, type));
    }
  }

  Table table() {
    return table.get();
  }

  Metrics metrics() {
    return metrics;
  }

  HttpSettings settings() {
    return settings;
  }

  void log(AccessEntry entry) {
    log.accept(entry);
  }

  long idleNanos(String listenerArn) {
    Gate gate = table().gate(listenerArn);
    return gate == null ? USUAL_IDLE_NANOS : gate.settings().idleNanos();
  }

  long keepAliveNanos(String listenerArn) {
    Gate gate = table().gate(listenerArn);
    return gate == null ? 0 : gate.settings().keepAliveNanos();
  }

  SslHandler toTarget(Channel channel, TargetGroup.Version version, Member member) {
    return outgoing.secure(channel, version != TargetGroup.Version.HTTP1, member);
  }

  private Loop loop(Channel channel) {
    Loop loop = loops.get(channel.eventLoop());
    if (loop == null) {
      throw new IllegalStateException("a channel of another group");
    }
    return loop;
  }

  /**
   * What stands last in the pipeline of a connection that a listener accepted, once its TLS, if
   * any, is agreed on: finds out whether it speaks HTTP/1.1 or HTTP/2, and speaks it.
   */
  public ChannelHandler accepted(Channel channel, String listenerArn) {
    return new Preface(this, loop(channel), listenerArn);
  }

  /**
   * The table was replaced: ends on each loop what may no longer go on. Answers what is done when
   * every loop has done so, from when on none follows an older table.
   */
  public List<Future<?>> sweep() {
    List<Future<?>> all = new ArrayList<>();
    loops.values().forEach(loop -> all.add(loop.executor().submit(loop::sweep)));
    return all;
  }
}
