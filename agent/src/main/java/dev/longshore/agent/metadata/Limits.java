package dev.longshore.agent.metadata;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Bounds calls to the control plane, which a container's request waits for. */
record Limits(Duration call) {
  /** As long as Amazon's agent waits; a second less than a connection may be silent. */
  static final Limits STANDARD = new Limits(Duration.ofSeconds(4));

  /** The call's result, or empty when it took too long; it is interrupted then. */
  <T> Optional<T> within(Supplier<T> supplier) {
    var task = new FutureTask<>(supplier::get);
    Thread.ofVirtual().name("task-endpoint-call").start(task);
    try {
      return Optional.of(task.get(call.toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException e) {
      task.cancel(true);
      return Optional.empty();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      return Optional.empty();
    } catch (ExecutionException e) {
      throw new IllegalStateException("a call to the control plane failed", e.getCause());
    }
  }
}
