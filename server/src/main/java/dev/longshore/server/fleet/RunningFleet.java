package dev.longshore.server.fleet;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that turns a fleet whenever there is something to do. */
public final class RunningFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningFleet.class);

  private final Fleet fleet;
  private final InstantSource clock;
  private final Semaphore work = new Semaphore(0);
  private final Thread thread;
  private volatile boolean closing;

  private RunningFleet(Fleet fleet, InstantSource clock) {
    this.fleet = fleet;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("fleet").unstarted(this::run);
  }

  /** Starts turning a fleet. */
  public static RunningFleet start(Fleet fleet, InstantSource clock) {
    RunningFleet running = new RunningFleet(fleet, clock);
    fleet.onWake(running::wake);
    running.thread.start();
    return running;
  }

  private void wake() {
    // One permit is enough: the thread looks at everything whenever it wakes.
    if (work.availablePermits() == 0) {
      work.release();
    }
  }

  private void run() {
    try {
      while (!closing) {
        Instant now = clock.instant();
        if (fleet.due(now)) {
          fleet.turn(now);
        } else {
          rest(now);
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The fleet's thread was interrupted.", e);
    }
    fleet.closeSessions();
  }

  private void rest(Instant now) throws InterruptedException {
    long millis = Duration.between(now, fleet.wakeAt()).toMillis() + 1;
    if (work.tryAcquire(millis, TimeUnit.MILLISECONDS)) {
      work.drainPermits();
    }
  }

  /** Closes every session and ends the thread. */
  @Override
  public void close() {
    fleet.closing();
    closing = true;
    wake();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
