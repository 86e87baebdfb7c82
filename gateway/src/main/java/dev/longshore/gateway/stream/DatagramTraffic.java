package dev.longshore.gateway.stream;

import dev.longshore.gateway.metric.Count;
import dev.longshore.gateway.metric.Counts;
import dev.longshore.gateway.metric.Metrics;
import dev.longshore.gateway.metric.Surprises;
import dev.longshore.gateway.route.Addresses;
import dev.longshore.gateway.route.Gate;
import dev.longshore.gateway.route.Group;
import dev.longshore.gateway.route.GroupSettings;
import dev.longshore.gateway.route.Member;
import dev.longshore.gateway.route.Outcome;
import dev.longshore.gateway.route.Table;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DatagramPacket;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All UDP of a gateway: datagrams of one client's port go to one target, answers come back. */
public final class DatagramTraffic {
  /** AWS's, which cannot be changed. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(120);

  private static final int MAX_WAITING = 16;

  private final Class<? extends Channel> type;
  private final Supplier<Table> table;
  private final Metrics metrics;
  private final int mostFlows;

  /**
   * @param type of sockets to targets, fit for the event loops
   * @param table answers the newest table
   * @param mostFlows of one listener; datagrams of more clients are dropped
   */
  public DatagramTraffic(
      Class<? extends Channel> type, Supplier<Table> table, Metrics metrics, int mostFlows) {
    this.type = type;
    this.table = table;
    this.metrics = metrics;
    this.mostFlows = mostFlows;
  }

  /** What stands in the pipeline of a listener's socket. */
  public ChannelHandler listener(String listenerArn) {
    return new Front(listenerArn);
  }

  /** A client's port that sends, and the socket that its datagrams go out by. */
  private static final class Flow {
    private final Member member;
    private final Deque<ByteBuf> waiting = new ArrayDeque<>(1);
    private @Nullable Channel socket;
    private long lastActivity = System.nanoTime();

    private Flow(Member member) {
      this.member = member;
    }

    private void send(ByteBuf data) {
      lastActivity = System.nanoTime();
      if (socket != null && socket.isWritable()) {
        var _ = socket.writeAndFlush(data);
      } else if (socket == null && waiting.size() < MAX_WAITING) {
        waiting.add(data);
      } else {
        data.release();
      }
    }

    private void opened(Channel channel) {
      socket = channel;
      for (ByteBuf each = waiting.poll(); each != null; each = waiting.poll()) {
        var _ = channel.write(each);
      }
      channel.flush();
    }

    private void close() {
      waiting.forEach(ByteBuf::release);
      waiting.clear();
      if (socket != null) {
        var _ = socket.close();
      }
    }
  }

  /** Hears a listener's socket. All of it is on one event loop. */
  private final class Front extends SimpleChannelInboundHandler<DatagramPacket> {
    private final String listenerArn;
    private final Map<InetSocketAddress, Flow> flows = new LinkedHashMap<>();

    private Front(String listenerArn) {
      this.listenerArn = listenerArn;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      var beat = ctx.executor().scheduleWithFixedDelay(this::sweep, 1, 1, TimeUnit.SECONDS);
      ctx.channel().closeFuture().addListener(closed -> beat.cancel(false));
    }

    private void sweep() {
      long now = System.nanoTime();
      for (Map.Entry<InetSocketAddress, Flow> each : List.copyOf(flows.entrySet())) {
        Flow flow = each.getValue();
        if (now - flow.lastActivity > IDLE_NANOS || flow.member.gone()) {
          end(each.getKey());
        }
      }
    }

    private void end(InetSocketAddress client) {
      Flow flow = flows.remove(client);
      if (flow != null) {
        flow.member.end();
        flow.close();
        Gate gate = table.get().gate(listenerArn);
        if (gate != null) {
          metrics.balancer(gate.loadBalancer().name()).add(Count.ACTIVE_FLOW, -1);
        }
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
      InetSocketAddress client = packet.sender();
      Flow flow = flows.get(client);
      if (flow != null && !flow.member.accepting() && flow.member.gone()) {
        end(client);
        flow = null;
      }
      Gate gate = table.get().gate(listenerArn);
      if (gate == null) {
        return;
      }
      Counts counts = metrics.balancer(gate.loadBalancer().name());
      if (flow == null) {
        flow = begin(ctx, client, gate, counts);
      }
      if (flow != null) {
        counts.add(Count.PROCESSED_BYTES, packet.content().readableBytes());
        flow.send(packet.content().retain());
      }
    }

    private @Nullable Flow begin(
        ChannelHandlerContext ctx, InetSocketAddress client, Gate gate, Counts counts) {
      Group group = gate.outcome() instanceof Outcome.Onward onward ? onward.choose() : null;
      if (group == null || flows.size() >= mostFlows) {
        counts.add(Count.REJECTED_CONNECTION);
        return null;
      }
      boolean sticky = group.settings().stickiness() == GroupSettings.Stickiness.SOURCE_IP;
      InetSocketAddress here = (InetSocketAddress) ctx.channel().localAddress();
      Member member =
          group.chooseByFlow(sticky ? Flows.source(client) : Flows.of(client, here), null);
      if (member == null) {
        counts.add(Count.REJECTED_CONNECTION);
        return null;
      }
      Flow flow = new Flow(member);
      flows.put(client, flow);
      member.begin();
      counts.add(Count.NEW_FLOW);
      counts.add(Count.ACTIVE_FLOW);
      if (group.settings().proxyProtocol()) {
        flow.send(ProxyProtocol.head(ctx.alloc(), client, here, false));
      }
      open(ctx, client, flow, member);
      return flow;
    }

    private void open(
        ChannelHandlerContext ctx, InetSocketAddress client, Flow flow, Member member) {
      new Bootstrap()
          .group(ctx.channel().eventLoop())
          .channel(type)
          .handler(new Back(ctx.channel(), client, flow))
          .connect(new InetSocketAddress(Addresses.address(member.address()), member.port()))
          .addListener((io.netty.channel.ChannelFuture done) -> {
            boolean current = flows.get(client) == flow;
            if (done.isSuccess() && current) {
              flow.opened(done.channel());
              return;
            }
            var _ = done.channel().close();
            if (current) {
              end(client);
            }
          });
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      List.copyOf(flows.keySet()).forEach(this::end);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // A datagram that could not be read or sent is lost, as datagrams may be.
      Surprises.tell(cause);
      ctx.flush();
    }
  }

  /** Hears a target's answers to one client. */
  private static final class Back extends SimpleChannelInboundHandler<DatagramPacket> {
    private final Channel front;
    private final InetSocketAddress client;
    private final Flow flow;

    private Back(Channel front, InetSocketAddress client, Flow flow) {
      this.front = front;
      this.client = client;
      this.flow = flow;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, DatagramPacket packet) {
      flow.lastActivity = System.nanoTime();
      if (front.isWritable()) {
        ByteBuf data = packet.content().retain();
        var _ = front.writeAndFlush(new DatagramPacket(data, client));
      }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      // The target's port may be closed for now; the flow ends by its silence.
      Surprises.tell(cause);
      ctx.flush();
    }
  }
}
