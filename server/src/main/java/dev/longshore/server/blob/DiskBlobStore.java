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
import java.nio.file.StandardOpenOption;
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
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");

  /** How many bytes an upload may take before the disk's room is looked at again. */
  private static final long CLAIM = 16L << 20;

  private final Path blobs;
  private final Path uploads;
  private final BlobLimits limits;
  private final InstantSource clock;
  private final FileStore disk;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Upload> open = new ConcurrentHashMap<>();
  private final Map<Digest, Integer> leases = new ConcurrentHashMap<>();

  private DiskBlobStore(Path directory, BlobLimits limits, InstantSource clock) throws IOException {
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
    return new DiskBlobStore(directory, limits, clock);
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
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    String id = HexFormat.of().formatHex(bits);
    Path file = file(owner, id);
    Files.createFile(file);
    var upload = new Upload(id, file, this, clock, algorithm, 0, clock.millis());
    open.put(file.getFileName().toString(), upload);
    return upload;
  }

  @Override
  public @Nullable Upload upload(String owner, String id) throws IOException {
    if (!ID.matcher(id).matches()) {
      return null;
    }
    Path file = file(owner, id);
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
            Files.size(file),
            Files.getLastModifiedTime(file).toMillis());
    Upload earlier = open.putIfAbsent(name, found);
    return earlier == null ? found : earlier;
  }

  /** The owner is part of the name, so that an upload found on disk is known to be theirs. */
  private Path file(String owner, String id) {
    String hash = Digest.of(Algorithm.SHA256, owner.getBytes(UTF_8)).hex();
    return uploads.resolve(id + '-' + hash.substring(0, 32));
  }

  /** Makes sure that there is room for more bytes, looking now and then. */
  void claim(long size, int more) throws IOException {
    boolean due = size == 0 || size / CLAIM != (size + more) / CLAIM;
    if (due && disk.getUsableSpace() < limits.reserve()) {
      throw new StoreFullException();
    }
  }

  void forget(Upload upload) {
    open.remove(upload.file().getFileName().toString());
  }

  Lease commit(Upload upload, FileChannel channel, Digest digest) throws IOException {
    Lease lease = lease(digest);
    try {
      if (Files.exists(place(digest))) {
        Files.delete(upload.file());
      } else {
        channel.force(true);
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
    Files.move(from, place(digest), StandardCopyOption.ATOMIC_MOVE);
    force(shard);
  }

  private static void force(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory)) {
      channel.force(true);
    }
  }

  private Path place(Digest digest) {
    return shard(digest).resolve(digest.hex());
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
      if (!Files.exists(place(digest))) {
        claim(0, 0);
        Path file = Files.createTempFile(uploads, "put", "");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
          for (ByteBuffer rest = ByteBuffer.wrap(bytes); rest.hasRemaining(); ) {
            channel.write(rest);
          }
          channel.force(true);
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
    try {
      FileChannel file = FileChannel.open(place(digest));
      return new PlainBlob(file, file.size());
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  private record PlainBlob(FileChannel file, long length) implements StoredBlob {
    @Override
    public void read(long from, ByteBuffer into) throws IOException {
      for (long at = from; into.hasRemaining() && at < length; ) {
        int read = file.read(into, at);
        if (read < 0) {
          throw new IOException("A blob is shorter than it was.");
        }
        at += read;
      }
    }

    @Override
    public void close() throws IOException {
      file.close();
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
          Digest digest = new Digest(algorithm, file.getFileName().toString());
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
