package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The bytes of a blob, or of one that is on its way, in a file; used by one thread at a time. */
sealed interface BlobFile extends AutoCloseable permits PlainFile, SealedFile {
  /** How many bytes it has; not how many the file has. */
  long size();

  /** Adds all of the bytes at the end; moves none of the buffers. */
  void append(List<ByteBuffer> bytes) throws IOException;

  /** Fills the buffer as far as the bytes reach. */
  void read(long from, ByteBuffer into) throws IOException;

  /** Everything appended is on the disk when this returns, and nothing else. */
  void force() throws IOException;

  /** The file, whatever stands in it. */
  FileChannel file();

  /** The file, where its bytes are the blob's. */
  @Nullable FileChannel channel();

  @Override
  void close() throws IOException;
}
