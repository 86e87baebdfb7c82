package dev.longshore.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts in order what a killed process left, before Ratis 3.3 looks at it, which would refuse some
 * of it and drop other of it in silence.
 *
 * <p>A segment is the eight characters {@code RaftLog1} and then entries: a varint length, that
 * many bytes, and the CRC32C of both as four bytes; then zeros up to the reserved length. The name
 * of a full one tells its first and last index, that of the last one its first.
 */
final class CrashRepair {
  private static final Logger LOG = LoggerFactory.getLogger(CrashRepair.class);
  private static final Pattern FULL = Pattern.compile("log_(\\d+)-(\\d+)");
  private static final int HEADER = 8;
  private static final int CHECKSUM = 4;

  private CrashRepair() {}

  /**
   * Repairs the directory of one group.
   *
   * @throws IOException if something is damaged that was acknowledged
   */
  static void repair(Path group) throws IOException {
    Path segments = group.resolve("current");
    if (!Files.isDirectory(segments)) {
      return;
    }
    finishPurge(segments, SnapshotFiles.latestIndexIn(group.resolve("sm")));
    try (DirectoryStream<Path> open = Files.newDirectoryStream(segments, "log_inprogress_[0-9]*")) {
      for (Path segment : open) {
        cutTail(segment);
      }
    }
  }

  /**
   * Drops the full segments that a snapshot replaces. Ratis does so too, but newest first; killed
   * meanwhile it leaves a gap behind the oldest ones, which it then refuses to open.
   */
  private static void finishPurge(Path segments, long snapshot) throws IOException {
    Map<Long, Path> replaced = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(segments)) {
      for (Path file : files) {
        Matcher name = FULL.matcher(String.valueOf(file.getFileName()));
        if (name.matches() && Long.parseLong(name.group(2)) <= snapshot) {
          replaced.put(Long.parseLong(name.group(1)), file);
        }
      }
    }
    for (Path oldestFirst : replaced.values()) {
      Files.delete(oldestFirst);
    }
  }

  /**
   * Cuts the last segment behind its last whole entry.
   *
   * <p>An entry is acknowledged only after it and everything before it was flushed, so one that is
   * not whole and that nothing but zeros follows was never acknowledged and can go; anything else
   * is damage that only a person may decide about. The zeros go too: reading over them, Ratis fails
   * where the segment holds an entry of more than half the size limit.
   */
  private static void cutTail(Path segment) throws IOException {
    try (FileChannel channel =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      bytes.flip();
      int end = HEADER;
      for (int next = next(bytes, end); next > 0; next = next(bytes, end)) {
        end = next;
      }
      int used = used(bytes);
      if (used > end) {
        if (used > claimedEnd(bytes, end)) {
          throw damaged(segment, end);
        }
        LOG.warn("{}: cutting off an entry at byte {} that was never fully written", segment, end);
      }
      if (bytes.limit() > end) {
        channel.truncate(end);
        channel.force(true);
      }
    }
  }

  private static IOException damaged(Path segment, int at) {
    return new IOException(
        segment
            + " is damaged at byte "
            + at
            + " and goes on after that, so acknowledged entries may be lost; restore it from a"
            + " copy,"
            + " or cut the file there to accept the loss");
  }

  /** The length without the zeros at the end. */
  private static int used(ByteBuffer bytes) {
    int used = bytes.limit();
    while (used > 0 && bytes.get(used - 1) == 0) {
      used--;
    }
    return used;
  }

  /** Where the entry at that place ends, or -1 if there is no whole entry. */
  private static int next(ByteBuffer bytes, int start) {
    long end = claimedEnd(bytes, start);
    if (end > bytes.limit() || bytes.get(start) == 0) {
      return -1;
    }
    int checksum = (int) end - CHECKSUM;
    CRC32C computed = new CRC32C();
    computed.update(bytes.slice(start, checksum - start));
    return (int) computed.getValue() == bytes.getInt(checksum) ? (int) end : -1;
  }

  /** Where the entry at that place would end if its length can be believed. */
  private static long claimedEnd(ByteBuffer bytes, int start) {
    long length = 0;
    for (int i = 0; i < 5; i++) {
      if (start + i >= bytes.limit()) {
        return Long.MAX_VALUE;
      }
      byte next = bytes.get(start + i);
      length |= (next & 0x7fL) << (7 * i);
      if (next >= 0) {
        return start + i + 1 + length + CHECKSUM;
      }
    }
    return start;
  }
}
