package dev.longshore.gateway;

import dev.longshore.gateway.http.AccessEntry;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request. Event loops only put into a queue; when the disk cannot follow,
 * lines are lost and counted, not requests held up.
 */
final class AccessLogs implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLogs.class);

  /** At about a KiB each, these take 16 MiB at most but for what clients make long. */
  private static final int QUEUE = 16_384;

  private static final long FLUSH_MILLIS = 200;

  private final AccessFiles files;
  private final BlockingQueue<AccessEntry> queue = new ArrayBlockingQueue<>(QUEUE);
  private final LongAdder lost = new LongAdder();
  private final Thread writer =
      Thread.ofPlatform().daemon().name("access-logs").unstarted(this::run);
  private volatile boolean closing;

  AccessLogs(AccessFiles files) {
    this.files = files;
    writer.start();
  }

  /** Takes an entry, if there is room. From any thread. */
  void add(AccessEntry entry) {
    if (!queue.offer(entry)) {
      lost.increment();
    }
  }

  private void run() {
    try {
      while (!closing || !queue.isEmpty()) {
        AccessEntry next = queue.poll(FLUSH_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          write(next);
        }
        long missing = lost.sumThenReset();
        if (missing > 0) {
          LOG.warn("{} lines of access logs were lost: the disk does not take them.", missing);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    files.close();
  }

  /** Writes an entry and all that wait behind it, up to a queue full of them. */
  private void write(AccessEntry first) {
    IOException failure = null;
    int left = QUEUE;
    for (AccessEntry each = first; each != null; each = --left > 0 ? queue.poll() : null) {
      try {
        files.write(each.balancer(), AccessLine.of(each));
      } catch (IOException e) {
        lost.increment();
        failure = e;
      }
    }
    try {
      files.flush();
    } catch (IOException e) {
      failure = e;
    }
    if (failure != null) {
      LOG.warn("Access logs cannot be written", failure);
    }
  }

  /** Writes what was taken, and ends. */
  @Override
  public void close() {
    closing = true;
    try {
      writer.join(TimeUnit.SECONDS.toMillis(2));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
