package dev.longshore.server.registry;

import dev.longshore.core.model.Replica;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.EndReplica;
import dev.longshore.core.state.Change;
import dev.longshore.core.state.State;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.StoredBlob;
import dev.longshore.server.engine.Watcher;
import dev.longshore.server.registry.Destination.RefusedThereException;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies images to other registries. What is to be copied stands in the rows, so a crash loses
 * nothing and no queue grows here: whoever leads looks for rows that are in progress, copies what
 * is not there yet, and records how that ended. Copying twice does no harm.
 */
public final class Replicator implements Watcher, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Replicator.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /** Images that are copied at once. */
  private static final int AT_ONCE = 4;

  /** How often an image is tried before its copy counts as failed: for about an hour. */
  private static final int ATTEMPTS = 12;

  private static final Duration MOST_PAUSE = Duration.ofMinutes(10);

  private final Registry registry;
  private final Duration pause;
  private final Map<String, Destination> destinations = new TreeMap<>();
  private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();
  private final Semaphore free = new Semaphore(AT_ONCE);
  private final Semaphore news = new Semaphore(0);
  private final HttpClient client;
  private volatile boolean closed;

  /**
   * How a copy goes on.
   *
   * @param failed how many attempts failed
   * @param running whether another attempt is under way
   */
  private record Attempts(int failed, boolean running, Instant notBefore) {}

  /**
   * @param trust what certificates of the others are held against; null for Java's own
   * @param pause after the first attempt that failed; each further pause is twice as long
   */
  public Replicator(
      Registry registry,
      List<ReplicationTarget> targets,
      @Nullable SSLContext trust,
      Duration pause) {
    this.registry = registry;
    this.pause = pause;
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(Version.HTTP_1_1).connectTimeout(PATIENCE);
    this.client = (trust == null ? builder : builder.sslContext(trust)).build();
    targets.forEach(target -> destinations.put(target.region(), new Destination(client, target)));
  }

  /** Copies on a thread of its own until closed. */
  public void start() {
    Thread.ofVirtual().name("replicator").start(this::run);
  }

  @Override
  public void leading(State state) {
    news.release();
  }

  @Override
  public void committed(State state, List<Change<?>> changes) {
    if (changes.stream().anyMatch(change -> change.row(Replica.KIND) != null)) {
      news.release();
    }
  }

  private void run() {
    try {
      while (!closed) {
        Instant next = startDue();
        long wait = Math.max(1, Duration.between(registry.now(), next).toMillis());
        if (news.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
          news.drainPermits();
        }
      }
    } catch (InterruptedException e) {
      LOG.debug("The replicator's thread was interrupted.", e);
    }
  }

  /** Starts what is due; answers when to look again, were there no news. */
  private Instant startDue() throws InterruptedException {
    Instant next = registry.now().plus(MOST_PAUSE);
    if (!registry.engine().leading()) {
      return next;
    }
    Set<String> wanted = new HashSet<>();
    for (Replica replica : registry.state().by(Replica.BY_STATUS, Replica.IN_PROGRESS)) {
      wanted.add(replica.key());
      Attempts before = attempts.getOrDefault(replica.key(), new Attempts(0, false, Instant.MIN));
      if (closed || before.running()) {
        continue;
      }
      if (before.notBefore().isAfter(registry.now())) {
        next = before.notBefore().isBefore(next) ? before.notBefore() : next;
        continue;
      }
      free.acquire();
      attempts.put(replica.key(), new Attempts(before.failed(), true, Instant.MIN));
      Thread.ofVirtual().name("replica").start(() -> attempt(replica, before.failed()));
    }
    // Images that were deleted between two attempts are not waited for.
    attempts
        .entrySet()
        .removeIf(each -> !each.getValue().running() && !wanted.contains(each.getKey()));
    return next;
  }

  private void attempt(Replica replica, int failed) {
    try {
      copy(replica);
      end(replica, null);
    } catch (RefusedThereException e) {
      LOG.warn("{} cannot be copied to {}", replica.image(), replica.region(), e);
      end(replica, e.code());
    } catch (IOException | RuntimeException e) {
      LOG.warn("{} was not copied to {}", replica.image(), replica.region(), e);
      if (failed + 1 >= ATTEMPTS) {
        end(replica, "DestinationUnreachable");
      } else {
        Duration wait = pause.multipliedBy(1L << failed);
        Instant after = registry.now().plus(wait.compareTo(MOST_PAUSE) > 0 ? MOST_PAUSE : wait);
        attempts.put(replica.key(), new Attempts(failed + 1, false, after));
      }
    } finally {
      free.release();
      news.release();
    }
  }

  private void end(Replica replica, @Nullable String failure) {
    attempts.remove(replica.key());
    Caller root = Caller.root(registry.place().accountId());
    try {
      registry.decide(new EndReplica(), new EndReplica.Ended(replica, failure), root);
    } catch (RuntimeException e) {
      // The row is still in progress: whoever leads now copies once more, and finds it all there.
      LOG.warn("The end of a copy could not be recorded", e);
    }
  }

  private void copy(Replica replica) throws IOException {
    Destination to = destinations.get(replica.region());
    if (to == null) {
      throw new RefusedThereException(
          "DestinationUnknown", "No server is known for region " + replica.region() + ".");
    }
    if (!to.registryId().equals(replica.registry())) {
      throw new RefusedThereException(
          "DestinationUnknown",
          "The registry in " + replica.region() + " is that of account " + to.registryId() + ".");
    }
    StoredImage image = registry.state().find(StoredImage.KIND, replica.image());
    if (image != null) {
      copy(image, replica.tags(), to);
    }
  }

  /** Copies what an image consists of, then itself: an index after its images. */
  private void copy(StoredImage image, List<String> tags, Destination to) throws IOException {
    String repository = image.repository();
    for (String child : image.children()) {
      StoredImage row = registry.state().find(StoredImage.KIND, StoredImage.key(repository, child));
      if (row != null && !to.hasManifest(repository, child)) {
        copy(row, List.of(), to);
      }
    }
    for (String layer : image.layers()) {
      if (!to.hasLayer(repository, layer)) {
        try (StoredBlob blob = opened(layer)) {
          to.pushLayer(repository, layer, blob);
        }
      }
    }
    byte[] manifest;
    try (StoredBlob blob = opened(image.digest())) {
      manifest = blob.all();
    }
    to.pushManifest(repository, image.digest(), image.mediaType(), manifest);
    for (String tag : tags) {
      to.pushManifest(repository, tag, image.mediaType(), manifest);
    }
  }

  private StoredBlob opened(String digest) throws IOException {
    StoredBlob blob = registry.store().open(Digest.parse(digest).orElseThrow());
    if (blob == null) {
      throw new IOException("The blob " + digest + " is not there.");
    }
    return blob;
  }

  @Override
  public void close() {
    closed = true;
    news.release();
    client.shutdownNow();
  }
}
