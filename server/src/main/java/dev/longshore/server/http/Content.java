package dev.longshore.server.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body that is not held in memory. It is read as the peer takes it, by one thread at a
 * time, and closed once whether or not all of it was sent.
 */
public interface Content extends AutoCloseable {
  /** How many bytes it has. */
  long length();

  /**
   * Reads bytes of the content.
   *
   * @param from where in the content to begin
   * @param into has at least one byte of room; may be left with room only at the content's end
   */
  void read(long from, ByteBuffer into) throws IOException;

  /**
   * Whether reading takes its time, because the bytes come over a network or are opened: it is then
   * read on a thread of its own, piece by piece.
   */
  default boolean slow() {
    return false;
  }

  /**
   * The file in which the content stands as it is, for the kernel to copy; null where none does.
   */
  default @Nullable FileChannel file() {
    return null;
  }

  /** Where in {@link #file()} the content begins. */
  default long offset() {
    return 0;
  }

  @Override
  void close() throws IOException;
}
