package dev.longshore.server;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.api.Endpoint;
import dev.longshore.server.api.ServedApi;
import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Has previews answered one after the other on a thread of their own: each walks its whole cluster,
 * which would hold up an event loop, and several at once would only take memory from the rest.
 */
final class Previews implements Endpoint, AutoCloseable {
  private static final int WAITING = 16;
  private static final int IDLE_SECONDS = 10;

  private final ServedApi inner;
  private final ThreadPoolExecutor thread =
      new ThreadPoolExecutor(
          1,
          1,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofPlatform().daemon().name("previews").factory());

  /**
   * @param inner answers while it is called
   */
  Previews(ServedApi inner) {
    this.inner = inner;
    thread.allowCoreThreadTimeOut(true);
  }

  ServedApi served() {
    return new ServedApi(inner.model(), inner.built(), this, inner.question());
  }

  @Override
  public CompletionStage<? extends Shape> call(
      OperationModel operation, Shape input, Caller caller) {
    try {
      return CompletableFuture.supplyAsync(
              () -> inner.endpoint().call(operation, input, caller), thread)
          .thenCompose(answer -> answer);
    } catch (RejectedExecutionException e) {
      throw new ServiceException(
          "ThrottlingException", 400, "Rate exceeded: too many previews are waiting.");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
