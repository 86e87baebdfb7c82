package dev.longshore.server.blob;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;

/** A file whose bytes are the blob's. */
final class PlainFile implements BlobFile {
  private final FileChannel channel;
  private long size;

  PlainFile(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void append(List<ByteBuffer> bytes) throws IOException {
    ByteBuffer[] left = bytes.stream().map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
    long more = 0;
    for (ByteBuffer each : left) {
      more += each.remaining();
    }
    channel.position(size);
    for (long written = 0; written < more; ) {
      written += channel.write(left);
    }
    size += more;
  }

  @Override
  public void read(long from, ByteBuffer into) throws IOException {
    for (long at = from; into.hasRemaining() && at < size; ) {
      int read = channel.read(into, at);
      if (read < 0) {
        throw new IOException("A blob is shorter than it was.");
      }
      at += read;
    }
  }

  @Override
  public void force() throws IOException {
    // An append that failed may have left bytes behind that do not count.
    channel.truncate(size);
    channel.force(true);
  }

  @Override
  public FileChannel file() {
    return channel;
  }

  @Override
  public FileChannel channel() {
    return channel;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
