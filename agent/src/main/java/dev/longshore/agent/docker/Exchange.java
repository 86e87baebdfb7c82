package dev.longshore.agent.docker;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.concurrent.ScheduledFuture;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer. Its own fields change on the event loop only; the calling thread
 * waits for the head, then reads the body, and may drop the exchange at any time.
 */
final class Exchange {
  /** How long a connection is wanted: brief calls share a few, lasting ones have their own. */
  enum Lane {
    BRIEF,
    LASTING
  }

  private final EngineAddress address;
  private final EventLoop loop;
  private final Request request;
  private final Lane lane;
  private final CompletableFuture<Connection> connected = new CompletableFuture<>();
  private final CompletableFuture<HttpResponse> head = new CompletableFuture<>();
  private final BodyStream body = new BodyStream(this);

  private @Nullable Connection connection;
  private @Nullable ScheduledFuture<?> deadline;
  private boolean over;

  Exchange(EngineAddress address, EventLoop loop, Request request, Lane lane) {
    this.address = address;
    this.loop = loop;
    this.request = request;
    this.lane = lane;
  }

  Request request() {
    return request;
  }

  Lane lane() {
    return lane;
  }

  boolean over() {
    return over;
  }

  /** Event loop: fails the exchange unless it is over by then. */
  void expireAfter(@Nullable Duration limit) {
    if (limit != null) {
      deadline = loop.schedule(() -> fail(timedOut(limit)), limit.toNanos(), TimeUnit.NANOSECONDS);
    }
  }

  /** Event loop: this connection carries the exchange. */
  void carriedBy(Connection carrier) {
    connection = carrier;
    connected.complete(carrier);
  }

  /** Event loop: the connection went before there was an answer; another one may be tried. */
  void uncarried() {
    connection = null;
  }

  void receive(HttpResponse response) {
    head.complete(response);
  }

  boolean answered() {
    return head.isDone();
  }

  void receive(ByteBuf bytes) {
    if (body.add(bytes) && connection != null) {
      connection.rest();
    }
  }

  /** Event loop: the answer is whole. */
  void finish() {
    end();
    body.finish();
  }

  /** Event loop: there will be no (whole) answer. Nothing happens if it is over. */
  void fail(DockerException why) {
    if (over) {
      return;
    }
    var carrier = connection;
    end();
    connected.completeExceptionally(why);
    head.completeExceptionally(why);
    body.fail(why);
    if (carrier != null) {
      carrier.close();
    }
  }

  /** Event loop: the connection broke. */
  void broken(@Nullable Throwable cause) {
    var what = "the connection to " + address + " broke during " + request;
    fail(
        cause == null
            ? DockerException.of(DockerException.Kind.UNREACHABLE, what)
            : DockerException.of(DockerException.Kind.UNREACHABLE, what, cause));
  }

  private void end() {
    over = true;
    connection = null;
    if (deadline != null) {
      deadline.cancel(false);
    }
  }

  /** Any thread: the answer is of no interest any more. */
  void drop() {
    onLoop(
        () -> fail(DockerException.of(DockerException.Kind.UNREACHABLE, request + " was dropped")));
  }

  /** The reading thread has caught up. */
  void resume() {
    onLoop(() -> {
      if (connection != null && !body.full()) {
        connection.resume();
      }
    });
  }

  /** Runs it on the event loop, or, when that has ended with the client, fails the exchange. */
  void onLoop(Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      fail(ConnectionPool.closedClient());
    }
  }

  DockerException timedOut(Duration limit) {
    drop();
    return DockerException.of(
        DockerException.Kind.TIMED_OUT,
        "no answer from the Docker daemon at " + address + " within " + limit + " to " + request);
  }

  DockerException interrupted(InterruptedException why) {
    drop();
    Thread.currentThread().interrupt();
    return DockerException.of(
        DockerException.Kind.INTERRUPTED, "interrupted during " + request, why);
  }

  /** The calling thread waits for the answer's head; null is as long as the exchange may take. */
  HttpResponse head(@Nullable Duration patience) {
    return waitFor(head, patience);
  }

  /** The calling thread waits for the connection, in order to write to it. */
  Connection carrier() {
    return waitFor(connected, null);
  }

  BodyStream body() {
    return body;
  }

  private <T> T waitFor(CompletableFuture<T> future, @Nullable Duration patience) {
    try {
      return patience == null ? future.get() : future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw timedOut(Objects.requireNonNull(patience));
    } catch (InterruptedException e) {
      throw interrupted(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof DockerException why) {
        throw why.thrownHere();
      }
      throw new IllegalStateException(e);
    }
  }
}
