package dev.longshore.gateway.feed;

import dev.longshore.gateway.RoutesFile;
import dev.longshore.gateway.route.Routes;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest routes in a file, on a thread of its own: no change waits for the disk. */
final class LastRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LastRoutes.class);

  private final RoutesFile file;
  private final AtomicReference<@Nullable Routes> newest = new AtomicReference<>();
  private final Semaphore work = new Semaphore(0);
  private volatile boolean closed;
  private final Thread writer =
      Thread.ofPlatform().daemon().name("last-routes").unstarted(this::run);

  LastRoutes(RoutesFile file) {
    this.file = file;
    writer.start();
  }

  /** These are the newest. */
  void keep(Routes routes) {
    newest.set(routes);
    work.release();
  }

  private void run() {
    boolean last = false;
    while (!last) {
      work.acquireUninterruptibly();
      last = closed;
      Routes routes = newest.getAndSet(null);
      if (routes != null) {
        write(routes);
      }
    }
  }

  private void write(Routes routes) {
    try {
      file.write(routes);
    } catch (IOException e) {
      LOG.error("The last routes are not kept: a restart would begin with older ones.", e);
    }
  }

  /** Writes what is still to be written, and ends. */
  @Override
  public void close() {
    // Not by an interrupt, which would cut off a write that is under way.
    closed = true;
    work.release();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
