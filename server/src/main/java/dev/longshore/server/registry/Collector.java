package dev.longshore.server.registry;

import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.DropLayers;
import dev.longshore.server.blob.BlobStore.Swept;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nobody wants: layers that no image has for a while, then blobs that no row names. It
 * may run at any time beside pushes and pulls.
 */
public final class Collector implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final Duration PAUSE = Duration.ofHours(1);

  private final Registry registry;
  private final Duration grace;
  private final Duration rest;
  private final CountDownLatch closing = new CountDownLatch(1);

  /**
   * @param grace how long a layer may wait for its image
   * @param rest how long an upload may wait for more bytes
   */
  public Collector(Registry registry, Duration grace, Duration rest) {
    this.registry = registry;
    this.grace = grace;
    this.rest = rest;
  }

  /** Collects now and then, on a thread of its own, until closed. */
  public void start() {
    Thread.ofVirtual().name("collector").start(this::run);
  }

  private void run() {
    try {
      while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        collectAndTell();
      }
    } catch (InterruptedException e) {
      LOG.debug("The collector's thread was interrupted.", e);
    }
  }

  private void collectAndTell() {
    try {
      Swept swept = collect();
      LOG.info("Collected {} blobs of {} bytes", swept.blobs(), swept.bytes());
    } catch (IOException | RuntimeException e) {
      LOG.error("Blobs could not be collected; the next attempt is in {}", PAUSE, e);
    }
  }

  /** Collects at once what has been in no use for the usual time. */
  public Swept collect() throws IOException {
    return collect(registry, grace, rest);
  }

  /**
   * Collects at once; a node that does not lead leaves it to the one that does.
   *
   * @param grace how long a layer may wait for its image
   * @param rest how long an upload may wait for more bytes
   */
  static Swept collect(Registry registry, Duration grace, Duration rest) throws IOException {
    if (!registry.engine().leading()) {
      return new Swept(0, 0, 0);
    }
    Instant unusedSince = registry.now().minus(grace);
    List<String> keys = new ArrayList<>();
    for (StoredLayer layer : registry.state().by(StoredLayer.BY_USE, StoredLayer.UNUSED)) {
      if (!layer.since().isAfter(unusedSince)) {
        keys.add(layer.key());
      }
      if (keys.size() == DropLayers.MOST) {
        drop(registry, keys, unusedSince);
      }
    }
    drop(registry, keys, unusedSince);
    return registry.store().sweep(registry::wants, rest);
  }

  private static void drop(Registry registry, List<String> keys, Instant unusedSince) {
    if (!keys.isEmpty()) {
      registry.decide(
          new DropLayers(),
          new DropLayers.Layers(List.copyOf(keys), unusedSince),
          Caller.root(registry.place().accountId()));
      keys.clear();
    }
  }

  @Override
  public void close() {
    closing.countDown();
  }
}
