package dev.longshore.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends what a command started, in the reverse order, exactly once: when the command is over or when
 * the process is told to end (Ctrl-C, SIGTERM).
 */
final class Lifetime implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Lifetime.class);
  private static final int HALT_STATUS = 70;

  /** Something to do at the end. */
  interface End {
    void run() throws Exception;
  }

  private final CountDownLatch signal;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Deque<End> ends = new ArrayDeque<>();
  private final Thread hook = Thread.ofPlatform().name("shutdown").unstarted(this::interrupted);
  private boolean over;

  /**
   * @param signal counted down when the process is told to end
   */
  Lifetime(CountDownLatch signal) {
    this.signal = signal;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  synchronized void onEnd(End end) {
    ends.push(end);
  }

  private void interrupted() {
    signal.countDown();
    end();
    try {
      ended.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The control plane cannot go on; nothing of it can be trusted, so the process ends at once. */
  void halted(Throwable cause) {
    LOG.error("The control plane stopped.", cause);
    Runtime.getRuntime().halt(HALT_STATUS);
  }

  private void end() {
    Deque<End> todo;
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
      todo = new ArrayDeque<>(ends);
    }
    for (End end : todo) {
      try {
        end.run();
      } catch (Exception e) {
        LOG.error("Something could not be ended cleanly.", e);
      }
    }
    ended.countDown();
  }

  @Override
  public void close() {
    end();
  }
}
