package dev.longshore.server.log;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Does what it is given one after the other and in order, without a thread of its own: whoever
 * brings something while nobody delivers does it, and what others bring meanwhile.
 *
 * <p>What is given must not throw.
 *
 * <p>At first deliveries are held back for {@link #deliverUntil}, so that a log can be restored on
 * the thread that opens it.
 */
final class Delivery {
  private static final int MAX_ENTRIES_WAITING = 64;
  private static final long NOBODY = -1;

  private final LinkedBlockingQueue<Runnable> queue = new LinkedBlockingQueue<>();
  private final Semaphore room = new Semaphore(MAX_ENTRIES_WAITING);
  // What was announced and not yet done, plus one for the hold.
  private final AtomicInteger waiting = new AtomicInteger(1);
  private volatile long deliverer = NOBODY;
  private int doneWhileHeld;

  /** Adds an entry; waits while too many others wait. Not to be called while delivering. */
  void entry(Runnable entry) {
    room.acquireUninterruptibly();
    event(() -> {
      try {
        entry.run();
      } finally {
        room.release();
      }
    });
  }

  /** Adds something rare that nobody should have to wait for. */
  void event(Runnable event) {
    int before = waiting.getAndIncrement();
    queue.add(event);
    if (before == 0) {
      deliver();
    }
  }

  /** Whether the calling thread is inside a delivery, so that it must not wait for another. */
  boolean isDelivering() {
    return Thread.currentThread().threadId() == deliverer;
  }

  /**
   * Delivers on the calling thread until there is enough; only before {@link #release}.
   *
   * @return false if nothing came for that long
   */
  boolean deliverUntil(BooleanSupplier enough, long patience, TimeUnit unit)
      throws InterruptedException {
    while (!enough.getAsBoolean()) {
      Runnable next = queue.poll(patience, unit);
      if (next == null) {
        return false;
      }
      doneWhileHeld++;
      run(next);
    }
    return true;
  }

  /** Ends the hold: from now on whoever brings something delivers. */
  void release() {
    if (waiting.addAndGet(-1 - doneWhileHeld) != 0) {
      deliver();
    }
  }

  private void deliver() {
    do {
      Runnable next = queue.poll();
      while (next == null) {
        // It is announced before it is added, so it will be there at once.
        Thread.onSpinWait();
        next = queue.poll();
      }
      run(next);
    } while (waiting.decrementAndGet() != 0);
  }

  private void run(Runnable next) {
    deliverer = Thread.currentThread().threadId();
    next.run();
    deliverer = NOBODY;
  }
}
