package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the statistics of the containers it is told of, each on a virtual thread of its own, and
 * keeps the newest. The engine takes a sample about every second.
 */
public final class StatisticsWatcher implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatisticsWatcher.class);
  private static final long RETRY_SECONDS = 1;

  private final ContainerEngine engine;
  private final BiConsumer<String, Statistics> listener;
  private final Map<String, Follower> followers = new ConcurrentHashMap<>();

  /**
   * Makes a watcher.
   *
   * @param listener is told, on the container's thread, its id and each sample
   */
  public StatisticsWatcher(ContainerEngine engine, BiConsumer<String, Statistics> listener) {
    this.engine = engine;
    this.listener = listener;
  }

  /** Begins to follow a container; does nothing if it is followed already. */
  public void follow(String id) {
    var follower = new Follower(id);
    if (followers.putIfAbsent(id, follower) == null) {
      Thread.ofVirtual().name("statistics-" + id).start(follower);
    }
  }

  /** Ends following a container, and forgets its statistics. */
  public void forget(String id) {
    var follower = followers.remove(id);
    if (follower != null) {
      follower.end();
    }
  }

  /** The newest statistics; empty for the first seconds of a container's run, and after its end. */
  public Optional<Statistics> latest(String id) {
    var follower = followers.get(id);
    return follower == null ? Optional.empty() : Optional.ofNullable(follower.latest);
  }

  @Override
  public void close() {
    followers.keySet().forEach(this::forget);
  }

  private final class Follower implements Runnable {
    private final String id;
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile @Nullable Statistics latest;
    private volatile @Nullable Feed<Json> feed;

    Follower(String id) {
      this.id = id;
    }

    void end() {
      ended.countDown();
      var open = feed;
      if (open != null) {
        open.close();
      }
    }

    private boolean hasEnded() {
      return ended.getCount() == 0;
    }

    @Override
    public void run() {
      try {
        while (!hasEnded() && followOnce()) {
          latest = null;
          if (ended.await(RETRY_SECONDS, TimeUnit.SECONDS)) {
            break;
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } finally {
        followers.remove(id, this);
      }
    }

    /** Reads until the stream ends; false when it is not worth trying again. */
    private boolean followOnce() {
      try (var samples = engine.containers().followStatistics(id)) {
        feed = samples;
        Json before = Json.none();
        var next = hasEnded() ? Optional.<Json>empty() : samples.next();
        while (next.isPresent()) {
          take(before, next.get());
          before = next.get();
          next = samples.next();
        }
        return true;
      } catch (DockerException e) {
        if (e.notFound() || e.kind() == DockerException.Kind.INTERRUPTED) {
          return false;
        }
        LOG.debug("statistics of {} broke off: {}", id, e.getMessage());
        return e.kind() != DockerException.Kind.REFUSED;
      }
    }

    private void take(Json before, Json sample) {
      var statistics = Statistics.between(before, sample);
      latest = statistics.orElse(null);
      statistics.ifPresent(taken -> listener.accept(id, taken));
    }
  }
}
