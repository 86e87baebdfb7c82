package dev.longshore.server.log;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import org.apache.ratis.io.MD5Hash;
import org.apache.ratis.server.protocol.TermIndex;
import org.apache.ratis.server.storage.FileInfo;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.SnapshotRetentionPolicy;
import org.apache.ratis.statemachine.impl.SimpleStateMachineStorage;
import org.apache.ratis.statemachine.impl.SingleFileSnapshotInfo;
import org.apache.ratis.util.MD5FileUtil;
import org.jspecify.annotations.Nullable;

/**
 * The snapshots on disk, one file each with its digest beside it, as Ratis sends them to other
 * nodes. A file counts from the moment its digest is there, which is written last.
 */
final class SnapshotFiles {
  private static final int BUFFER = 1 << 16;

  /** Writes a snapshot and says as of which index it is. */
  interface Writer {
    long write(OutputStream out) throws IOException;
  }

  /** Reads a snapshot. */
  interface Reader {
    void read(InputStream in) throws IOException;
  }

  /** Finds the term of a durable index. */
  interface Terms {
    @Nullable TermIndex at(long index);
  }

  private final SimpleStateMachineStorage storage = new SimpleStateMachineStorage();
  private final int keep;
  private @Nullable Path scratch;

  SnapshotFiles(int keep) {
    this.keep = keep;
  }

  /** What Ratis asks for the latest snapshot. */
  SimpleStateMachineStorage storage() {
    return storage;
  }

  void open(RaftStorage raftStorage) throws IOException {
    scratch = raftStorage.getStorageDir().getTmpDir().toPath();
    Files.createDirectories(scratch);
    Files.deleteIfExists(unfinished());
    dropUnfinished(raftStorage.getStorageDir().getStateMachineDir().toPath());
    storage.init(raftStorage);
  }

  /** The index of the latest finished snapshot in a directory, or -1. */
  static long latestIndexIn(Path directory) throws IOException {
    long latest = -1;
    for (Path file : snapshots(directory)) {
      if (isFinished(file)) {
        latest =
            Math.max(
                latest,
                SimpleStateMachineStorage.getTermIndexFromSnapshotFile(file.toFile()).getIndex());
      }
    }
    return latest;
  }

  /** Ratis would take a snapshot without a digest where there is no other, but it is unfinished. */
  private static void dropUnfinished(Path directory) throws IOException {
    for (Path file : snapshots(directory)) {
      if (!isFinished(file)) {
        Files.delete(file);
      }
    }
  }

  private static boolean isFinished(Path snapshot) {
    return Files.exists(snapshot.resolveSibling(name(snapshot) + MD5FileUtil.MD5_SUFFIX));
  }

  private static List<Path> snapshots(Path directory) throws IOException {
    List<Path> snapshots = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
        for (Path file : files) {
          if (SimpleStateMachineStorage.SNAPSHOT_REGEX.matcher(name(file)).matches()) {
            snapshots.add(file);
          }
        }
      }
    }
    return snapshots;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private Path unfinished() {
    if (scratch == null) {
      throw new IllegalStateException("not open");
    }
    return scratch.resolve("snapshot");
  }

  @Nullable SingleFileSnapshotInfo latest() {
    return storage.getLatestSnapshot();
  }

  /** Looks again, because Ratis has put a snapshot there that another node sent. */
  @Nullable SingleFileSnapshotInfo reload() {
    return storage.loadLatestSnapshot();
  }

  /**
   * Writes a snapshot durably and drops older ones.
   *
   * @return whether it is newer than the one before; an older one is dropped
   */
  synchronized boolean write(Writer writer, Terms terms) throws IOException {
    Path file = unfinished();
    MessageDigest digest = md5();
    long index;
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      OutputStream out =
          new BufferedOutputStream(
              new DigestOutputStream(Channels.newOutputStream(channel), digest), BUFFER);
      index = writer.write(out);
      out.flush();
      channel.force(true);
    }
    SingleFileSnapshotInfo previous = latest();
    if (previous != null && index <= previous.getIndex()) {
      Files.delete(file);
      return false;
    }
    TermIndex at = terms.at(index);
    if (at == null) {
      Files.delete(file);
      throw new IOException("a snapshot as of index " + index + ", which is not in the log");
    }
    publish(file, at, MD5Hash.newInstance(digest.digest()));
    return true;
  }

  private void publish(Path file, TermIndex at, MD5Hash digest) throws IOException {
    Path target = storage.getSnapshotFile(at.getTerm(), at.getIndex()).toPath();
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    MD5FileUtil.saveMD5File(target.toFile(), digest);
    syncDirectory(target.getParent());
    storage.updateLatestSnapshot(
        new SingleFileSnapshotInfo(new FileInfo(target, digest), at.getTerm(), at.getIndex()));
    storage.cleanupOldSnapshots(
        new SnapshotRetentionPolicy() {
          @Override
          public int getNumSnapshotsRetained() {
            return keep;
          }
        });
  }

  /** Makes the names in a directory durable, before the entries they replace are dropped. */
  private static void syncDirectory(@Nullable Path directory) throws IOException {
    if (directory != null) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** Reads a snapshot and compares it with its digest. */
  void read(SingleFileSnapshotInfo snapshot, Reader reader) throws IOException {
    FileInfo file = snapshot.getFile();
    DigestInputStream digested = new DigestInputStream(Files.newInputStream(file.getPath()), md5());
    try (InputStream in = new BufferedInputStream(digested, BUFFER)) {
      reader.read(in);
      in.transferTo(OutputStream.nullOutputStream());
    }
    MD5Hash found = MD5Hash.newInstance(digested.getMessageDigest().digest());
    if (!found.equals(file.getFileDigest())) {
      throw new IOException(
          "the snapshot " + file.getPath() + " does not match its digest: it was damaged");
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5"); // What Ratis checks snapshots with.
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
