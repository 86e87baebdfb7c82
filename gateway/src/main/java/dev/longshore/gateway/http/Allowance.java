package dev.longshore.gateway.http;

import java.util.concurrent.TimeUnit;

/** How often a sound client may do something that costs more here than there. One thread only. */
final class Allowance {
  private static final int MOST = 200;
  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(30);

  private long since = System.nanoTime();
  private int count;

  /** Counts one more; answers whether that is too often. */
  boolean isSpent() {
    long now = System.nanoTime();
    if (now - since > WINDOW_NANOS) {
      since = now;
      count = 0;
    }
    return ++count > MOST;
  }
}
