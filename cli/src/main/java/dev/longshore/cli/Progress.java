package dev.longshore.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Says what a long step is doing while it does it: a line per step, with seconds as they pass. */
final class Progress {
  private static final String ERASE = "\r\u001b[K";
  private static final long BEAT_MILLIS = 200;

  private final PrintWriter out;
  private final boolean live;

  /** A step of work. */
  interface Step<T> {
    T run() throws Exception;
  }

  Progress(PrintWriter out, boolean live) {
    this.out = out;
    this.live = live;
  }

  /** Runs a step; its line ends with the time that it took. */
  <T> T step(String what, Step<T> step) throws Exception {
    Instant began = Instant.now();
    CountDownLatch over = new CountDownLatch(1);
    Thread beat = Thread.ofVirtual().start(() -> beat(what, began, over));
    try {
      T result = step.run();
      finish(over, beat);
      out.println((live ? ERASE : "") + "  ok  " + what + " (" + seconds(began) + ")");
      return result;
    } catch (Exception e) {
      finish(over, beat);
      out.println((live ? ERASE : "") + "  --  " + what + " failed (" + seconds(began) + ")");
      throw e;
    } finally {
      out.flush();
    }
  }

  private static void finish(CountDownLatch over, Thread beat) throws InterruptedException {
    over.countDown();
    beat.join();
  }

  private void beat(String what, Instant began, CountDownLatch over) {
    try {
      while (live && !over.await(BEAT_MILLIS, TimeUnit.MILLISECONDS)) {
        out.print(ERASE + "  ..  " + what + " (" + seconds(began) + ")");
        out.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String seconds(Instant began) {
    return seconds(Duration.between(began, Instant.now()));
  }

  /** A duration as people read it: {@code 1.24 s}. */
  static String seconds(Duration time) {
    return String.format("%.2f s", time.toMillis() / 1000.0);
  }
}
