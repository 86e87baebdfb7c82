package dev.longshore.server.registry;

import dev.longshore.core.model.CacheRule;
import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.repository.CreateByTemplate;
import dev.longshore.server.blob.BlobStore.Lease;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.server.blob.StoredBlob;
import dev.longshore.server.blob.Upload;
import dev.longshore.server.registry.ManifestReader.InvalidManifestException;
import dev.longshore.server.registry.ManifestReader.UnsupportedManifestException;
import dev.longshore.server.registry.Upstream.Found;
import dev.longshore.server.registry.Upstream.UpstreamException;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fills repositories under a pull-through cache rule from another registry: an image is fetched
 * whole when it is first asked for, an index without its images. What a tag means there is asked
 * again after a day; what was fetched is served meanwhile, and whenever the other registry fails.
 */
final class PullThrough {
  private static final Logger LOG = LoggerFactory.getLogger(PullThrough.class);
  private static final Duration FRESH = Duration.ofHours(24);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int PIECE = 256 << 10;
  private static final int MOST_REMEMBERED = 100_000;

  private final Registry registry;
  private final Manifests manifests;

  /** Made when it is first needed: most registries fetch from nowhere. */
  private static final class Client {
    private static final HttpClient SHARED =
        HttpClient.newBuilder().followRedirects(Redirect.NORMAL).connectTimeout(PATIENCE).build();
  }

  /** When a tag was last asked for upstream; a restart asks once more. */
  private final Map<String, Instant> asked = new ConcurrentHashMap<>();

  /** Whoever asks for what is being fetched waits for that. */
  private final Map<String, CompletableFuture<@Nullable StoredImage>> flights =
      new ConcurrentHashMap<>();

  /**
   * An image that somebody asks for.
   *
   * @param reference a tag or a digest
   * @param rights of callers who ask so
   */
  record Wanted(String repository, String reference, Caller caller, Rights rights) {
    Digest digest() {
      return Call.digest(reference);
    }
  }

  PullThrough(Registry registry, Manifests manifests) {
    this.registry = registry;
    this.manifests = manifests;
  }

  /** The registry that a rule fetches from. */
  Upstream upstream(CacheRule rule) {
    return new Upstream(Client.SHARED, rule.upstream());
  }

  /**
   * The image that a call asks for.
   *
   * @param known what the repository has of it
   * @return null where neither has it
   */
  @Nullable StoredImage image(Wanted call, @Nullable StoredImage known) {
    CacheRule rule = CacheRule.covering(registry.state(), call.repository());
    boolean byDigest = call.reference().indexOf(':') >= 0;
    if (rule == null || (known != null && (byDigest || isFresh(call)))) {
      return known;
    }
    String denial = denial(call);
    if (denial != null) {
      if (known != null) {
        return known;
      }
      throw new RefusedException(403, "DENIED", denial);
    }
    try {
      StoredImage fetched = fetchOnce(rule, call, byDigest);
      return fetched == null ? known : fetched;
    } catch (IOException e) {
      LOG.warn("{}:{} could not be fetched", call.repository(), call.reference(), e);
      if (known == null) {
        throw refusal(e);
      }
      return known;
    }
  }

  private boolean isFresh(Wanted call) {
    Instant last = asked.get(call.repository() + ':' + call.reference());
    return last != null && registry.now().isBefore(last.plus(FRESH));
  }

  private @Nullable String denial(Wanted call) {
    ImageRepository row = registry.state().find(ImageRepository.KIND, call.repository());
    Rights rights = call.rights();
    if (row != null) {
      return rights.denial(row, call.caller(), "BatchImportUpstreamImage");
    }
    String creating = rights.denial(call.repository(), call.caller(), "CreateRepository");
    return creating == null
        ? rights.denial(call.repository(), call.caller(), "BatchImportUpstreamImage")
        : creating;
  }

  private static RefusedException refusal(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    int status = failure instanceof UpstreamException upstream ? upstream.status() : 0;
    return switch (status) {
      case 401, 403 -> new RefusedException(403, "DENIED", message);
      case 429 -> new RefusedException(429, "TOOMANYREQUESTS", message).with("retry-after", "10");
      default -> new RefusedException(502, "UNAVAILABLE", message);
    };
  }

  private @Nullable StoredImage fetchOnce(CacheRule rule, Wanted call, boolean byDigest)
      throws IOException {
    String key = call.repository() + ' ' + call.reference();
    var mine = new CompletableFuture<@Nullable StoredImage>();
    var running = flights.putIfAbsent(key, mine);
    if (running != null) {
      return joined(running);
    }
    try {
      StoredImage image = fetch(rule, call, byDigest);
      if (asked.size() >= MOST_REMEMBERED) {
        asked.clear();
      }
      asked.put(call.repository() + ':' + call.reference(), registry.now());
      mine.complete(image);
      return image;
    } catch (IOException | RuntimeException e) {
      mine.completeExceptionally(e);
      throw e;
    } finally {
      flights.remove(key, mine);
    }
  }

  private static @Nullable StoredImage joined(CompletableFuture<@Nullable StoredImage> running)
      throws IOException {
    try {
      return running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw e.getCause() instanceof RuntimeException failure ? failure : e;
    }
  }

  private @Nullable StoredImage fetch(CacheRule rule, Wanted call, boolean byDigest)
      throws IOException {
    Upstream upstream = upstream(rule);
    String from = rule.upstreamRepository(call.repository());
    Found found = upstream.manifest(from, call.reference());
    if (found == null) {
      return null;
    }
    Digest digest =
        Digest.of(byDigest ? call.digest().algorithm() : Algorithm.SHA256, found.bytes());
    if (byDigest && !digest.equals(call.digest())) {
      throw new UpstreamException(200, "The upstream registry sent another manifest than asked.");
    }
    Manifest manifest = read(found);
    String repository = call.repository();
    registry.decide(
        new CreateByTemplate(),
        new CreateByTemplate.Asked(repository, "PULL_THROUGH_CACHE", false),
        call.caller());
    for (String layer : manifest.layers()) {
      take(upstream, from, call, Call.digest(layer));
    }
    List<String> tags = byDigest ? List.of() : List.of(call.reference());
    return manifests.cache(repository, digest, tags, manifest, found.bytes(), call.caller());
  }

  private static Manifest read(Found found) throws UpstreamException {
    try {
      return ManifestReader.read(found.bytes(), found.mediaType());
    } catch (InvalidManifestException | UnsupportedManifestException e) {
      throw new UpstreamException(
          200, "The upstream registry's manifest cannot be taken: " + e.getMessage());
    }
  }

  /** Sees to it that the repository has a layer: from another repository of ours, or fetched. */
  private void take(Upstream upstream, String from, Wanted call, Digest digest) throws IOException {
    String repository = call.repository();
    if (registry.layer(repository, digest) != null) {
      return;
    }
    Lease held = registry.store().lease(digest);
    try (StoredBlob blob = registry.store().open(digest)) {
      if (blob != null) {
        registry.keep(repository, held, blob.length(), call.caller());
        return;
      }
    } finally {
      held.close();
    }
    Upload upload = registry.store().begin(repository, digest.algorithm());
    try (Upload.Writing writing = upload.write();
        InputStream bytes = upstream.blob(from, digest.toString())) {
      if (writing == null) {
        throw new IOException("An upload that was just begun is in use.");
      }
      Lease lease = received(writing, bytes, digest);
      registry.keep(repository, lease, upload.size(), call.caller());
    }
  }

  private static Lease received(Upload.Writing writing, InputStream bytes, Digest digest)
      throws IOException {
    try {
      byte[] piece = new byte[PIECE];
      for (int read = bytes.read(piece); read >= 0; read = bytes.read(piece)) {
        writing.append(ByteBuffer.wrap(piece, 0, read));
      }
    } catch (IOException e) {
      writing.cancel();
      throw e;
    }
    Lease lease = writing.commit(digest);
    if (lease == null) {
      throw new UpstreamException(200, "The upstream registry sent other bytes than " + digest);
    }
    return lease;
  }
}
