package dev.longshore.server.blob;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * Forces a file to the disk piece by piece while more of it still comes, so that little is left to
 * wait for at its end, and little of it waits in the kernel's memory.
 */
final class EarlyFlush {
  /** Bytes between two of them. */
  private static final long STEP = 32L << 20;

  private static final Executor THREADS = task -> Thread.ofVirtual().name("flush").start(task);

  private final FileChannel channel;
  private CompletableFuture<Void> running = CompletableFuture.completedFuture(null);
  private long begun;

  /**
   * @param size bytes that the file has already
   */
  EarlyFlush(FileChannel channel, long size) {
    this.channel = channel;
    this.begun = size;
  }

  /**
   * The file has so many bytes now.
   *
   * @throws IOException an earlier piece could not be forced: the kernel tells that only once
   */
  void grown(long size) throws IOException {
    if (size - begun >= STEP && running.isDone()) {
      await();
      begun = size;
      running = CompletableFuture.runAsync(this::force, THREADS);
    }
  }

  private void force() {
    try {
      channel.force(false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until none is under way; blocks. */
  void await() throws IOException {
    try {
      running.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof UncheckedIOException fault) {
        throw new IOException("What an upload brought could not be forced to the disk.", fault);
      }
      throw e;
    }
  }
}
