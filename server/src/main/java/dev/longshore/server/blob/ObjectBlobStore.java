package dev.longshore.server.blob;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Blobs in objects of an S3-compatible store, which several servers can share. What an upload
 * brought stands there too, in pieces; the store itself puts them together under the blob's name,
 * at once and whole, so nobody sees half a blob, and any server can go on with an upload. Leases
 * are this process's: only the one server that decides collects.
 */
public final class ObjectBlobStore implements BlobStore {
  /** An upload's state has this name; what it brought stands in numbered pieces beside it. */
  private static final String BEGUN = "begun";

  private static final List<String> SUFFIXES = List.of("", BlobFiles.SUFFIX);
  private static final String UPLOADS = "uploads/";
  private static final String BLOBS = "blobs/";

  /** Bytes of a piece: 52,000 MB make 6,500, and S3 takes 10,000 parts of at least 5 MiB. */
  private static final int PIECE = 8 << 20;

  /** Uploads that may hold a whole piece in memory at once. */
  static final int LARGE = 16;

  private final Bucket bucket;
  private final BlobFiles files;
  private final BlobLimits limits;
  private final InstantSource clock;
  private final int piece;
  private final Semaphore large = new Semaphore(LARGE);
  private final Map<String, ObjectUpload> open = new ConcurrentHashMap<>();
  private final Leases leases = new Leases();

  ObjectBlobStore(
      Bucket bucket, BlobFiles files, BlobLimits limits, InstantSource clock, int piece) {
    this.bucket = bucket;
    this.files = files;
    this.limits = limits;
    this.clock = clock;
    this.piece = piece;
  }

  /**
   * The store at that place.
   *
   * @param files how new blobs are stored; those that are there stay as they are
   * @throws IOException the object store cannot be reached, or denies access
   */
  public static ObjectBlobStore at(
      ObjectStore place, BlobFiles files, BlobLimits limits, InstantSource clock)
      throws IOException {
    Bucket bucket = Bucket.open(place);
    var store = new ObjectBlobStore(bucket, files, limits, clock, PIECE);
    try {
      bucket.head(BLOBS);
      return store;
    } catch (IOException e) {
      store.close();
      throw e;
    }
  }

  Bucket bucket() {
    return bucket;
  }

  BlobLimits limits() {
    return limits;
  }

  /** Bytes of a blob in one piece. */
  int piece() {
    return piece;
  }

  Semaphore large() {
    return large;
  }

  @Override
  public Upload begin(String owner, Algorithm algorithm) throws IOException {
    if (open.size() >= limits.uploads()) {
      throw new TooManyUploadsException(limits.uploads());
    }
    String id = UploadId.fresh();
    String folder = UPLOADS + UploadId.name(owner, id) + '/';
    String mark = folder + BEGUN + files.suffix();
    Seal seal = files.suffix().isEmpty() ? null : Seal.fresh(files.key(mark));
    byte[] header = seal == null ? new byte[0] : seal.header();
    bucket.put(mark, header, header.length);
    var upload = new ObjectUpload(id, folder, this, algorithm, seal);
    open.put(folder, upload);
    return upload;
  }

  @Override
  public @Nullable Upload upload(String owner, String id) throws IOException {
    if (!UploadId.isOne(id)) {
      return null;
    }
    String folder = UPLOADS + UploadId.name(owner, id) + '/';
    ObjectUpload known = open.get(folder);
    if (known == null) {
      // Another server began it, or this one before it was started anew.
      Bucket.Entry mark = mark(folder);
      if (mark == null) {
        return null;
      }
      var found = new ObjectUpload(id, folder, this, Algorithm.SHA256, seal(mark));
      ObjectUpload earlier = open.putIfAbsent(folder, found);
      known = earlier == null ? found : earlier;
    }
    return known.refresh() ? known : null;
  }

  private Bucket.@Nullable Entry mark(String folder) throws IOException {
    for (String suffix : SUFFIXES) {
      Bucket.Entry mark = bucket.head(folder + BEGUN + suffix);
      if (mark != null) {
        return mark;
      }
    }
    return null;
  }

  private @Nullable Seal seal(Bucket.Entry mark) throws IOException {
    if (!mark.key().endsWith(BlobFiles.SUFFIX)) {
      return null;
    }
    Bucket.Bytes header = bucket.get(mark.key(), 0);
    if (header == null) {
      throw new IOException(mark.key() + " is no longer there.");
    }
    return Seal.opened(header.stream().readAllBytes(), files.key(mark.key()));
  }

  /** The pieces of an upload, in order; null where it has ended. */
  @Nullable List<Bucket.Entry> pieces(String folder) throws IOException {
    List<Bucket.Entry> all = new ArrayList<>();
    bucket.list(folder, all::add);
    return all.removeIf(entry -> entry.key().startsWith(folder + BEGUN)) ? all : null;
  }

  void forget(String folder) {
    open.remove(folder);
  }

  /** Deletes an upload with all that it brought. */
  void drop(String folder) throws IOException {
    forget(folder);
    List<Bucket.Entry> all = new ArrayList<>();
    bucket.list(folder, all::add);
    for (Bucket.Entry entry : all) {
      bucket.delete(entry.key());
    }
  }

  private static String key(Digest digest) {
    return BLOBS + digest.algorithm().label() + '/' + digest.hex();
  }

  /** The key of a new blob. */
  static String key(Digest digest, boolean sealed) {
    return key(digest) + (sealed ? BlobFiles.SUFFIX : "");
  }

  /** The object of a blob; null where it is not held. */
  Bucket.@Nullable Entry find(Digest digest) throws IOException {
    Bucket.Entry usual = bucket.head(key(digest) + files.suffix());
    String other = files.suffix().isEmpty() ? BlobFiles.SUFFIX : "";
    return usual == null ? bucket.head(key(digest) + other) : usual;
  }

  @Override
  public Lease put(Digest digest, byte[] bytes) throws IOException {
    if (!Digest.of(digest.algorithm(), bytes).equals(digest)) {
      throw new IllegalArgumentException("These bytes are not " + digest + ".");
    }
    Lease lease = lease(digest);
    try {
      if (find(digest) == null) {
        boolean sealed = !files.suffix().isEmpty();
        String key = key(digest, sealed);
        Seal seal = sealed ? Seal.fresh(files.key(key)) : null;
        byte[] whole = ObjectUpload.whole(seal, 0, bytes, bytes.length);
        bucket.put(key, whole, whole.length);
      }
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public @Nullable StoredBlob open(Digest digest) throws IOException {
    Bucket.Entry entry = find(digest);
    if (entry == null) {
      return null;
    }
    boolean sealed = entry.key().endsWith(BlobFiles.SUFFIX);
    return ObjectBlob.open(bucket, entry, sealed ? files.key(entry.key()) : null);
  }

  @Override
  public Lease lease(Digest digest) {
    return leases.take(digest);
  }

  @Override
  public Swept sweep(Predicate<Digest> wanted, Duration rest) throws IOException {
    Instant deadline = clock.instant().minus(rest);
    int expired = sweepUploads(deadline);
    bucket.abortBefore(deadline);
    List<Bucket.Entry> all = new ArrayList<>();
    bucket.list(BLOBS, all::add);
    int count = 0;
    long bytes = 0;
    for (Bucket.Entry entry : all) {
      Digest digest = digest(entry.key());
      long freed = digest == null ? -1 : collect(entry, digest, wanted);
      count += freed < 0 ? 0 : 1;
      bytes += Math.max(0, freed);
    }
    return new Swept(count, bytes, expired);
  }

  /** What an object is called after; null where it is none of ours. */
  private static @Nullable Digest digest(String key) {
    String name = key.substring(BLOBS.length()).replace(BlobFiles.SUFFIX, "");
    return Digest.parse(name.replace('/', ':')).orElse(null);
  }

  private long collect(Bucket.Entry entry, Digest digest, Predicate<Digest> wanted)
      throws IOException {
    return leases.unlessHeld(
        digest,
        () -> {
          if (wanted.test(digest)) {
            return -1;
          }
          bucket.delete(entry.key());
          return entry.size();
        });
  }

  /** Deletes uploads for which nothing came since the deadline. */
  private int sweepUploads(Instant deadline) throws IOException {
    Map<String, Instant> touched = new TreeMap<>();
    Set<String> ended = new HashSet<>(open.keySet());
    bucket.list(
        UPLOADS,
        entry -> {
          String folder = entry.key().substring(0, entry.key().lastIndexOf('/') + 1);
          touched.merge(folder, entry.modified(), (a, b) -> a.isAfter(b) ? a : b);
        });
    // Another server may have ended what this one had begun to know.
    ended.removeAll(touched.keySet());
    ended.forEach(this::forget);
    int expired = 0;
    for (Map.Entry<String, Instant> each : touched.entrySet()) {
      ObjectUpload here = open.get(each.getKey());
      if (each.getValue().isBefore(deadline) && (here == null || here.retire())) {
        drop(each.getKey());
        expired++;
      }
    }
    return expired;
  }

  @Override
  public void close() {
    bucket.close();
  }
}
