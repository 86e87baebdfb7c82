package dev.longshore.server.blob;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A running hash that goes on beside the thread that has the bytes, so that hashing and writing
 * take the longer of both times and not their sum. A few bytes are hashed at once: waking another
 * thread would take longer.
 */
final class Hashing {
  /** Bytes that are worth another thread. */
  private static final int WORTH = 64 << 10;

  /** How many batches may wait; whoever brings more waits too. */
  private static final int DEPTH = 8;

  private static final Executor THREADS = task -> Thread.ofVirtual().name("hash").start(task);

  private final Algorithm algorithm;
  private final MessageDigest hash;
  private final BlockingQueue<Batch> batches = new ArrayBlockingQueue<>(DEPTH);
  private @Nullable CompletableFuture<Void> beside;

  /** Some bytes; without any, the last one. */
  private record Batch(List<ByteBuffer> bytes, Runnable done) {}

  Hashing(Algorithm algorithm) {
    this.algorithm = algorithm;
    this.hash = algorithm.hash();
  }

  Algorithm algorithm() {
    return algorithm;
  }

  /**
   * Hashes bytes, now or soon; one thread calls this at a time.
   *
   * @param bytes at least one buffer; not moved, and not to be changed until they are done with
   * @param done called once, also where this throws
   */
  void add(List<ByteBuffer> bytes, long length, Runnable done) throws InterruptedIOException {
    if (beside == null && length < WORTH) {
      update(new Batch(bytes, done));
      return;
    }
    if (beside == null) {
      beside = CompletableFuture.runAsync(this::run, THREADS);
    }
    try {
      batches.put(new Batch(bytes, done));
    } catch (InterruptedException e) {
      done.run();
      throw interrupted(e);
    }
  }

  private void update(Batch batch) {
    try {
      for (ByteBuffer each : batch.bytes()) {
        hash.update(each.duplicate());
      }
    } finally {
      batch.done().run();
    }
  }

  private void run() {
    try {
      for (Batch next = batches.take(); !next.bytes().isEmpty(); next = batches.take()) {
        update(next);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("Nobody interrupts the thread of a hash.", e);
    }
  }

  /** Waits until all bytes are hashed and no other thread is at work. */
  void settle() throws InterruptedIOException {
    if (beside == null) {
      return;
    }
    try {
      batches.put(new Batch(List.of(), () -> {}));
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    beside.join();
    beside = null;
  }

  /** The digest of all bytes; nothing can be added any more. */
  Digest digest() throws InterruptedIOException {
    settle();
    return algorithm.of(hash);
  }

  private static InterruptedIOException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    var failure = new InterruptedIOException("Interrupted while bytes were hashed.");
    failure.initCause(e);
    return failure;
  }
}
