package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** A blob that is open for reading; it stays readable even if it is collected meanwhile. */
public interface StoredBlob extends AutoCloseable {
  long length();

  /**
   * Fills the buffer as far as the blob reaches.
   *
   * @throws IOException also where what is stored is damaged
   */
  void read(long from, ByteBuffer into) throws IOException;

  /** The file whose bytes are the blob's, from its start; null where they are stored otherwise. */
  @Nullable FileChannel file();

  @Override
  void close() throws IOException;

  /** All of it. */
  default byte[] all() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length()));
    read(0, bytes);
    return bytes.array();
  }
}
