package dev.longshore.server.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that turns an engine whenever there is something to do. */
public final class RunningEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningEngine.class);
  private static final Duration LONGEST_REST = Duration.ofMinutes(1);

  private final Engine engine;
  private final InstantSource clock;
  private final Semaphore work = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean closing;

  private RunningEngine(Engine engine, InstantSource clock) {
    this.engine = engine;
    this.clock = clock;
    this.thread = Thread.ofPlatform().name("engine").unstarted(this::run);
  }

  /** Starts turning an engine that was opened. */
  public static RunningEngine start(Engine engine, InstantSource clock) {
    RunningEngine running = new RunningEngine(engine, clock);
    engine.onWake(running::wake);
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
        if (engine.due(clock.instant())) {
          engine.turn(clock.instant());
        } else {
          rest();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The engine's thread was interrupted.", e);
    } catch (RuntimeException | Error e) {
      LOG.error("The engine cannot go on.", e);
      engine.fail(e);
    } finally {
      ended.countDown();
    }
  }

  private void rest() throws InterruptedException {
    @Nullable Instant wakeAt = engine.wakeAt();
    Duration wait =
        wakeAt == null ? LONGEST_REST : Duration.between(clock.instant(), wakeAt).plusMillis(1);
    if (wait.compareTo(LONGEST_REST) > 0) {
      wait = LONGEST_REST;
    }
    if (!wait.isNegative() && work.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
      work.drainPermits();
    }
  }

  /** Stops turning; what was submitted and not decided stays unanswered. */
  @Override
  public void close() {
    closing = true;
    wake();
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
