package dev.longshore.server.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cuts off what a process was writing when it was killed.
 *
 * <p>Ratis 3.3 refuses to open a segment whose last entry is half written into the zeros it had
 * reserved, and its other policy drops whatever follows a damaged entry, acknowledged or not. An
 * entry is acknowledged only after it and everything before it was flushed, so a damaged one that
 * nothing but zeros follows was never acknowledged and can go; anything else is damage that only a
 * person may decide about.
 *
 * <p>A segment is the eight characters {@code RaftLog1} and then entries: a varint length, that
 * many bytes, and the CRC32C of both as four bytes; then zeros up to the reserved length.
 */
final class TornTail {
  private static final Logger LOG = LoggerFactory.getLogger(TornTail.class);
  private static final int HEADER = 8;
  private static final int CHECKSUM = 4;

  private TornTail() {}

  /** Repairs the segments that were being written to in a directory of segments. */
  static void cutIn(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (DirectoryStream<Path> open =
        Files.newDirectoryStream(directory, "log_inprogress_[0-9]*")) {
      for (Path segment : open) {
        cut(segment);
      }
    }
  }

  private static void cut(Path segment) throws IOException {
    try (FileChannel channel =
        FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size()));
      while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
      bytes.flip();
      int used = used(bytes);
      int end = HEADER;
      int next = next(bytes, end);
      while (next > 0) {
        end = next;
        next = next(bytes, end);
      }
      if (used <= end) {
        return;
      }
      if (used > claimedEnd(bytes, end)) {
        throw new IOException(
            segment
                + " is damaged at byte "
                + end
                + " and goes on after that, so acknowledged entries may be lost; restore it from a"
                + " copy, or cut the file there to accept the loss");
      }
      LOG.warn("{}: cutting off an entry at byte {} that was never fully written", segment, end);
      channel.truncate(end);
      channel.force(true);
    }
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
