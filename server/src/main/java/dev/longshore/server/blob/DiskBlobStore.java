package dev.longshore.server.blob;

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
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Blobs in files of one directory. A blob's file is written under another name, forced to the disk
 * and then renamed, and the rename is forced too: a crash leaves whole blobs and uploads, never
 * half a blob.
 */
public final class DiskBlobStore implements BlobStore {
  /** A blob may stand in a file of either kind. */
  private static final List<String> SUFFIXES = List.of("", BlobFiles.SUFFIX);

  /** How many bytes an upload may take before the disk's room is looked at again. */
  private static final long CLAIM = 16L << 20;

  private final Path blobs;
  private final Path uploads;
  private final BlobFiles files;
  private final BlobLimits limits;
  private final InstantSource clock;
  private final FileStore disk;
  private final Map<String, DiskUpload> open = new ConcurrentHashMap<>();
  private final Leases leases = new Leases();

  /** Names of files that are being written at once, which a sweep leaves alone. */
  private final Set<String> putting = ConcurrentHashMap.newKeySet();

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
    String id = UploadId.fresh();
    Path file = file(owner, id, files.suffix());
    var upload = new DiskUpload(id, file, this, clock, algorithm, 0, clock.millis());
    // Known before its file is there, lest a sweep take that for a killed process's.
    open.put(file.getFileName().toString(), upload);
    try {
      files.create(file).close();
    } catch (IOException e) {
      forget(upload);
      throw e;
    }
    return upload;
  }

  @Override
  public @Nullable Upload upload(String owner, String id) throws IOException {
    if (!UploadId.isOne(id)) {
      return null;
    }
    for (String suffix : SUFFIXES) {
      DiskUpload found = upload(id, file(owner, id, suffix));
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private @Nullable DiskUpload upload(String id, Path file) throws IOException {
    String name = file.getFileName().toString();
    DiskUpload known = open.get(name);
    if (known != null || !Files.exists(file)) {
      return known;
    }
    try {
      // It was begun before this process was.
      var found =
          new DiskUpload(
              id,
              file,
              this,
              clock,
              Algorithm.SHA256,
              BlobFiles.size(file),
              Files.getLastModifiedTime(file).toMillis());
      DiskUpload earlier = open.putIfAbsent(name, found);
      return earlier == null ? found : earlier;
    } catch (NoSuchFileException e) {
      // It was swept since it was looked for.
      return null;
    }
  }

  /** The owner is part of the name, so that an upload found on disk is known to be theirs. */
  private Path file(String owner, String id, String suffix) {
    return uploads.resolve(UploadId.name(owner, id) + suffix);
  }

  /** Makes sure that there is room for more bytes, looking now and then. */
  void claim(long size, long more) throws IOException {
    boolean due = size == 0 || size / CLAIM != (size + more) / CLAIM;
    if (due && disk.getUsableSpace() < limits.reserve()) {
      throw new StoreFullException();
    }
  }

  void forget(DiskUpload upload) {
    open.remove(upload.file().getFileName().toString());
  }

  Lease commit(DiskUpload upload, BlobFile bytes, Digest digest) throws IOException {
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
        write(digest, bytes);
      }
      return lease;
    } catch (IOException | RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private void write(Digest digest, byte[] bytes) throws IOException {
    String name = "put" + UploadId.fresh() + files.suffix();
    Path file = uploads.resolve(name);
    putting.add(name);
    try {
      try (BlobFile written = files.create(file)) {
        written.append(List.of(ByteBuffer.wrap(bytes)));
        written.force();
      }
      move(file, digest);
    } finally {
      putting.remove(name);
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
    return leases.take(digest);
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

  private long collect(Path file, Digest digest, Predicate<Digest> wanted) throws IOException {
    return leases.unlessHeld(
        digest,
        () -> {
          if (wanted.test(digest)) {
            return -1;
          }
          try {
            long size = Files.size(file);
            Files.delete(file);
            return size;
          } catch (NoSuchFileException e) {
            // Another sweep was faster.
            return -1;
          }
        });
  }

  /** Uploads that rest since before the deadline, and files that a killed process left. */
  private int sweepUploads(long deadline) throws IOException {
    int expired = 0;
    for (Path file : listed(uploads)) {
      DiskUpload upload = open.get(file.getFileName().toString());
      if (upload != null) {
        if (upload.touched() < deadline && upload.retire()) {
          forget(upload);
          expired += Files.deleteIfExists(file) ? 1 : 0;
        }
      } else if (!putting.contains(file.getFileName().toString()) && modified(file) < deadline) {
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

  @Override
  public void close() {
    // Each file is closed by whoever opened it.
  }
}
