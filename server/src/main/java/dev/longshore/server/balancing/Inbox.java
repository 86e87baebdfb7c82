package dev.longshore.server.balancing;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What waits for the thread that makes gateways follow: the newest state with all its news, and
 * what gateways said. Any thread puts in, one takes out.
 */
final class Inbox {
  /** So much of what gateways say waits; more is refused, and its gateway begins anew. */
  private static final int MOST_WAITING = 100_000;

  private static final Duration LOOK = Duration.ofSeconds(1);

  private final AtomicReference<@Nullable Committed> committed = new AtomicReference<>();
  private final BlockingQueue<Runnable> said = new LinkedBlockingQueue<>();

  /** A commit waits to be followed; several that wait are one. */
  void commit(Committed next) {
    Committed waiting =
        committed.getAndUpdate(before -> before == null ? next : next.after(before));
    if (waiting == null) {
      said.add(() -> {});
    }
  }

  /** Takes what a gateway said, unless too much is waiting. */
  boolean offer(Runnable what) {
    return said.size() < MOST_WAITING && said.add(what);
  }

  /** Takes what must not be lost, such as a gateway's end. */
  void add(Runnable what) {
    said.add(what);
  }

  /** Waits for something, for a second at most, and hands on all there is. */
  void take(Consumer<Committed> follow) throws InterruptedException {
    Runnable first = said.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
    Committed newest = committed.getAndSet(null);
    if (newest != null) {
      follow.accept(newest);
    }
    for (Runnable each = first; each != null; each = said.poll()) {
      each.run();
    }
  }
}
