package dev.longshore.agent.docker;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections to one engine. All state belongs to the event loop, so that there is nothing to
 * lock. Brief calls queue for {@link #BRIEF_CONNECTIONS} connections; lasting ones have one each.
 */
final class ConnectionPool implements AutoCloseable {
  static final int BRIEF_CONNECTIONS = 16;

  /** Brief calls waiting for a connection; more are refused. */
  static final int QUEUE = 4096;

  /** Lasting calls under way; more are refused. */
  static final int LASTING = 2048;

  private static final int CONNECT_TIMEOUT_MILLIS = 10_000;
  private static final Duration IDLE = Duration.ofSeconds(30);

  private final Sockets sockets;
  private final EngineAddress address;
  private final EventLoop loop;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private final Deque<Exchange> queue = new ArrayDeque<>();
  private final Set<Exchange> carried = new HashSet<>();
  private int brief;
  private int lasting;
  private boolean sweeping;
  private boolean closed;

  ConnectionPool(Sockets sockets, EngineAddress address) {
    this.sockets = sockets;
    this.address = address;
    this.loop = sockets.group().next();
  }

  /** Any thread: sends a request, which fails if the answer is not whole within the limit. */
  Exchange send(Request request, Exchange.Lane lane, @Nullable Duration limit) {
    var exchange = new Exchange(address, loop, request, lane);
    exchange.onLoop(() -> {
      exchange.expireAfter(limit);
      submit(exchange);
    });
    return exchange;
  }

  void submit(Exchange exchange) {
    if (closed) {
      exchange.fail(closedClient());
      return;
    }
    var free =
        switch (exchange.lane()) {
          case BRIEF -> brief < BRIEF_CONNECTIONS;
          case LASTING -> lasting < LASTING;
        };
    if (free) {
      begin(exchange);
    } else if (exchange.lane() == Exchange.Lane.BRIEF && queue.size() < QUEUE) {
      queue.add(exchange);
    } else {
      exchange.fail(
          DockerException.of(
              DockerException.Kind.REFUSED, "too many calls to the engine are under way"));
    }
  }

  private void begin(Exchange exchange) {
    count(exchange, 1);
    carried.add(exchange);
    var connection = idle.pollLast();
    if (connection != null) {
      connection.carry(exchange);
    } else {
      connect(exchange);
    }
  }

  private void count(Exchange exchange, int change) {
    switch (exchange.lane()) {
      case BRIEF -> brief += change;
      case LASTING -> lasting += change;
    }
  }

  private void connect(Exchange exchange) {
    var _ =
        sockets
            .client(address)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MILLIS)
            // An engine that refuses an upload answers, and closes: its answer must still be read.
            .option(ChannelOption.AUTO_CLOSE, false)
            // The codec comes with the exchange, once the channel is connected.
            .handler(new ChannelInboundHandlerAdapter())
            .connect()
            .addListener((ChannelFuture attempt) -> connected(exchange, attempt));
  }

  private void connected(Exchange exchange, ChannelFuture attempt) {
    if (!attempt.isSuccess()) {
      forget(exchange);
      exchange.fail(DockerException.unreachable(address, attempt.cause()));
    } else if (exchange.over()) {
      forget(exchange);
      var _ = attempt.channel().close();
    } else {
      new Connection(this, attempt.channel(), address).carry(exchange);
    }
  }

  /** The exchange has ended and its connection may serve another. */
  void release(Connection connection, Exchange done) {
    if (closed) {
      connection.close();
    } else {
      idle.addLast(connection);
      sweepLater();
    }
    forget(done);
  }

  /** The exchange needs no connection any more: the next in the queue may have its place. */
  void forget(Exchange done) {
    if (!carried.remove(done)) {
      return;
    }
    count(done, -1);
    while (brief < BRIEF_CONNECTIONS && !queue.isEmpty()) {
      var next = queue.remove();
      if (!next.over()) {
        begin(next);
      }
    }
  }

  /** The connection has been closed. */
  void gone(Connection connection) {
    idle.remove(connection);
  }

  private void sweepLater() {
    if (!sweeping) {
      sweeping = true;
      var _ = loop.schedule(this::sweep, IDLE.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  private void sweep() {
    sweeping = false;
    var limit = System.nanoTime() - IDLE.toNanos();
    while (!idle.isEmpty() && idle.getFirst().idleSinceBefore(limit)) {
      idle.removeFirst().close();
    }
    if (!idle.isEmpty()) {
      sweepLater();
    }
  }

  static DockerException closedClient() {
    return DockerException.of(DockerException.Kind.REFUSED, "this client has been closed");
  }

  /** Any thread: fails what is under way and closes the connections; again does nothing. */
  @Override
  public void close() {
    if (!loop.isShuttingDown()) {
      loop.execute(this::failAll);
    }
  }

  private void failAll() {
    closed = true;
    var why = closedClient();
    List.copyOf(carried).forEach(exchange -> exchange.fail(why));
    queue.forEach(exchange -> exchange.fail(why));
    queue.clear();
    idle.forEach(Connection::close);
    idle.clear();
  }
}
