package dev.longshore.gateway.feed;

import dev.longshore.gateway.RoutesFile;
import dev.longshore.gateway.route.Routes;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the newest routes in a file, on a thread of its own: no change waits for the disk. */
final class LastRoutes implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LastRoutes.class);

  private final RoutesFile file;
  private final BlockingQueue<Routes> newest = new ArrayBlockingQueue<>(1);
  private final Thread writer =
      Thread.ofPlatform().daemon().name("last-routes").unstarted(this::run);

  LastRoutes(RoutesFile file) {
    this.file = file;
    writer.start();
  }

  /** These are the newest. For one thread. */
  void keep(Routes routes) {
    newest.clear();
    newest.add(routes);
  }

  private void run() {
    try {
      while (true) {
        write(newest.take());
      }
    } catch (InterruptedException e) {
      Routes left = newest.poll();
      if (left != null) {
        write(left);
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
    writer.interrupt();
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
