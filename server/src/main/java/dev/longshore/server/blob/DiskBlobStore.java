package dev.longshore.server.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Blobs in files of one directory. A blob's file is written under another name, forced to the disk
 * and then renamed, and the rename is forced too: a crash leaves whole blobs and uploads, never
 * half a blob.
 */
public final class DiskBlobStore implements BlobStore {
  /** A blob may stand in a file of either kind. */
  private static final List<String> SUFFIXES = List.of("", BlobFiles.SUFFIX);

  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /** How many bytes an upload may take before the disk's room is looked at again. */
  private static final long CLAIM = 16L << 20;

  private final Path blobs;
  private final Path uploads;
  private final BlobFiles files;
  private final BlobLimits limits;
  private final InstantSource clock;
  private final FileStore disk;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Upload> open = new ConcurrentHashMap<>();
  private final Map<Digest, Integer> leases = new ConcurrentHashMap<>();

  private DiskBlobStore(Path directory, BlobFiles files, BlobLimits limits, InstantSource clock)
      throws IOException {
    this.files = files;
    this.blobs = directory.resolve("blobs");
    this.uploads = directory.resolve("uploads");
    this.limits = limits;
    this.clock = clock;
    Files.createDirectories(uploads);
    for (Algorithm algorithm : Algorithm.values()) {
      Files.createDirectories(blobs.resolve(algorithm.label()));
    }
    this.disk = Files.getFileStore(directory);
  }

  /** The store in that directory, which is made if there is none. */
  public static DiskBlobStore in(Path directory, BlobLimits limits, InstantSource clock)
      throws IOException {
    return in(directory, BlobFiles.PLAIN, limits, clock);
  }

  /**
   * The same with files of a certain kind.
   *
   * @param files how new blobs are stored; those that are there stay as they are
   */
  public static DiskBlobStore in(
      Path directory, BlobFiles files, BlobLimits limits, InstantSource clock) throws IOException {
    return new DiskBlobStore(directory, files, limits, clock);
  }

  BlobFiles files() {
    return files;
  }

  BlobLimits limits() {
    return limits;
  }

  @Override
  public Upload begin(String owner, Algorithm algorithm) throws IOException {
    if (open.size() >= limits.uploads()) {
      throw new TooManyUploadsException(limits.uploads());
    }
    claim(0, 0);
    String id = id();
    Path file = file(owner, id, files.suffix());
    files.create(file).close();
    var upload = new Upload(id, file, this, clock, algorithm, 0, clock.millis());
    open.put(file.getFileName().toString(), upload);
    return upload;
  }

  private String id() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  @Override
  public @Nullable Upload upload(String owner, String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return null;
    }
    for (String suffix : SUFFIXES) {
      Upload found = upload(id, file(owner, id, suffix));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable Upload upload(String id, Path file) throws IOException {
    String name = file.getFileName().toString();
    Upload known = open.get(name);
    if (known != null || !Files.exists(file)) {
      return known;
    }
    // It was begun before this process was.
    var found =
        new Upload(
            id,
            file,
            this,
            clock,
            Algorithm.SHA256,
            BlobFiles.size(file),
            Files.getLastModifiedTime(file).toMillis());
    Upload earlier = open.putIfAbsent(name, found);
    return earlier == null ? found : earlier;
  }

  /** The owner is part of the name, so that an upload found on disk is known to be theirs. */
  private Path file(String owner, String id, String suffix) {
    String hash = Digest.of(Algorithm.SHA256, owner.getBytes(UTF_8)).hex();
    return uploads.resolve(id + '-' + hash.substring(0, 32) + suffix);
  }

  /** Makes sure that there is room for more bytes, looking now and then. */
  void claim(long size, long more) throws IOException {
    boolean due = size == 0 || size / CLAIM != (size + more) / CLAIM;
    if (due && disk.getUsableSpace() < limits.reserve()) {
      throw new StoreFullException();
    }
  }

  void forget(Upload upload) {
    open.remove(upload.file().getFileName().toString());
  }

  Lease commit(Upload upload, BlobFile bytes, Digest digest) throws IOException {
    Lease lease = lease(digest);
    try {
      if (place(digest) != null) {
        Files.delete(upload.file());
      } else {
        bytes.force();
        move(upload.file(), digest);
      }
      forget(upload);
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private void move(Path from, Digest digest) throws IOException {
    Path shard = shard(digest);
    if (!Files.exists(shard)) {
      Files.createDirectories(shard);
      force(blobs.resolve(digest.algorithm().label()));
    }
    String suffix = from.toString().endsWith(BlobFiles.SUFFIX) ? BlobFiles.SUFFIX : "";
    Files.move(from, shard.resolve(digest.hex() + suffix), StandardCopyOption.ATOMIC_MOVE);
    force(shard);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  /** The file of a blob; null where it is not held. */
  private @Nullable Path place(Digest digest) {
    for (String suffix : SUFFIXES) {
      Path file = shard(digest).resolve(digest.hex() + suffix);
      if (Files.exists(file)) {
        return file;
      }
    }
    return null;
  }

  /** Blobs are spread over 256 directories by the first byte of their digest. */
  private Path shard(Digest digest) {
    return blobs.resolve(digest.algorithm().label()).resolve(digest.hex().substring(0, 2));
  }

  @Override
  public Lease put(Digest digest, byte[] bytes) throws IOException {
    if (!Digest.of(digest.algorithm(), bytes).equals(digest)) {
      throw new IllegalArgumentException("These bytes are not " + digest + ".");
    }
    Lease lease = lease(digest);
    try {
      if (place(digest) == null) {
        claim(0, 0);
        Path file = uploads.resolve("put" + id() + files.suffix());
        try (BlobFile written = files.create(file)) {
          written.append(List.of(ByteBuffer.wrap(bytes)));
          written.force();
        }
        move(file, digest);
      }
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  @Override
  public @Nullable StoredBlob open(Digest digest) throws IOException {
    Path file = place(digest);
    try {
      return file == null ? null : new OpenBlob(files.read(file));
    } catch (NoSuchFileException e) {
      // It was collected since it was found.
      return null;
    }
  }

  private record OpenBlob(BlobFile bytes) implements StoredBlob {
    @Override
    public long length() {
      return bytes.size();
    }

    @Override
    public void read(long from, ByteBuffer into) throws IOException {
      bytes.read(from, into);
    }

    @Override
    public @Nullable FileChannel file() {
      return bytes.channel();
    }

    @Override
    public void close() throws IOException {
      bytes.close();
    }
  }

  @Override
  public Lease lease(Digest digest) {
    leases.merge(digest, 1, Integer::sum);
    return new HeldLease(digest);
  }

  private final class HeldLease implements Lease {
    private final Digest digest;
    private boolean closed;

    private HeldLease(Digest digest) {
      this.digest = digest;
    }

    @Override
    public Digest digest() {
      return digest;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        leases.computeIfPresent(digest, (d, count) -> count == 1 ? null : count - 1);
      }
    }
  }

  @Override
  public Swept sweep(Predicate<Digest> wanted, Duration rest) throws IOException {
    int expired = sweepUploads(clock.millis() - rest.toMillis());
    int count = 0;
    long bytes = 0;
    for (Algorithm algorithm : Algorithm.values()) {
      for (Path shard : listed(blobs.resolve(algorithm.label()))) {
        for (Path file : listed(shard)) {
          String hex = file.getFileName().toString().replace(BlobFiles.SUFFIX, "");
          Digest digest = new Digest(algorithm, hex);
          long freed = collect(file, digest, wanted);
          count += freed < 0 ? 0 : 1;
          bytes += Math.max(0, freed);
        }
      }
    }
    return new Swept(count, bytes, expired);
  }

  /**
   * Deletes a blob unless it is leased or wanted. Taking a lease waits for this: whoever has one
   * sees the blob either kept or gone.
   */
  private long collect(Path file, Digest digest, Predicate<Digest> wanted) throws IOException {
    long[] freed = {-1};
    IOException[] failure = new IOException[1];
    leases.compute(
        digest,
        (d, held) -> {
          if (held == null && !wanted.test(d)) {
            try {
              long size = Files.size(file);
              Files.delete(file);
              freed[0] = size;
            } catch (IOException e) {
              failure[0] = e;
            }
          }
          return held;
        });
    if (failure[0] != null) {
      throw failure[0];
    }
    return freed[0];
  }

  /** Uploads that rest since before the deadline, and files that a killed process left. */
  private int sweepUploads(long deadline) throws IOException {
    int expired = 0;
    for (Path file : listed(uploads)) {
      Upload upload = open.get(file.getFileName().toString());
      if (upload != null) {
        if (upload.touched() < deadline && upload.retire()) {
          forget(upload);
          expired += Files.deleteIfExists(file) ? 1 : 0;
        }
      } else if (modified(file) < deadline) {
        expired += Files.deleteIfExists(file) ? 1 : 0;
      }
    }
    return expired;
  }

  private static long modified(Path file) throws IOException {
    try {
      return Files.getLastModifiedTime(file).toMillis();
    } catch (NoSuchFileException e) {
      // It was committed or cancelled since it was listed.
      return Long.MAX_VALUE;
    }
  }

  private static List<Path> listed(Path directory) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      List<Path> all = new ArrayList<>();
      entries.forEach(all::add);
      return all;
    }
  }
}
