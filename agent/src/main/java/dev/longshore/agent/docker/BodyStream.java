package dev.longshore.agent.docker;

import io.netty.buffer.ByteBuf;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An answer's body on its way from the event loop to the one thread that reads it. When more than
 * {@link #HIGH} bytes wait, the connection is not read until the reader has caught up; so the
 * engine's writes block, and memory holds one connection's buffer.
 *
 * <p>Failures are {@link DockerException}s, thrown by the reads themselves.
 */
final class BodyStream extends InputStream {
  /** Bytes waiting above which the connection is no longer read, and below which it is again. */
  static final int HIGH = 256 * 1024;

  static final int LOW = 64 * 1024;

  private sealed interface Piece {}

  @SuppressWarnings("ArrayRecordComponent") // Never compared; read once.
  private record Bytes(byte[] array) implements Piece {}

  private record End() implements Piece {}

  private record Failure(DockerException why) implements Piece {}

  private final Exchange exchange;
  private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private volatile boolean closed;

  // The reading thread's own.
  private byte[] current = {};
  private int position;
  private @Nullable Piece last;
  private long budget = Long.MAX_VALUE;
  private @Nullable Duration patience;

  BodyStream(Exchange exchange) {
    this.exchange = exchange;
  }

  /** Event loop: takes the bytes; true when the connection should rest. */
  boolean add(ByteBuf bytes) {
    var length = bytes.readableBytes();
    if (length == 0) {
      return false;
    }
    var array = new byte[length];
    bytes.readBytes(array);
    var total = waiting.addAndGet(length);
    pieces.add(new Bytes(array));
    return total > HIGH;
  }

  /** Event loop: there will be no more. */
  void finish() {
    pieces.add(new End());
  }

  /** Event loop: there will be no more, because of this. */
  void fail(DockerException why) {
    pieces.add(new Failure(why));
  }

  boolean full() {
    return waiting.get() > LOW;
  }

  /** From here on at most so many bytes may be read; one more is a failure. */
  void allow(long bytes) {
    budget = bytes;
  }

  /** How long a read may wait for bytes; null for as long as it takes. */
  void patience(@Nullable Duration longest) {
    patience = longest;
  }

  @Override
  public int read() {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (position == current.length && !advance()) {
      return -1;
    }
    var count = Math.min(length, current.length - position);
    budget -= count;
    if (budget < 0) {
      close();
      throw DockerException.of(
          DockerException.Kind.UNEXPECTED, "the engine's answer is longer than this client takes");
    }
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  @Override
  public int available() {
    return current.length - position;
  }

  private boolean advance() {
    if (last == null) {
      switch (take()) {
        case Bytes(var array) -> {
          current = array;
          position = 0;
          var before = waiting.getAndAdd(-array.length);
          if (before > LOW && before - array.length <= LOW) {
            exchange.resume();
          }
          return true;
        }
        case Piece end -> last = end;
      }
    }
    if (!closed && last instanceof Failure(var why)) {
      throw why.thrownHere();
    }
    return false;
  }

  private Piece take() {
    try {
      if (patience == null) {
        return pieces.take();
      }
      var piece = pieces.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
      return piece != null ? piece : new Failure(exchange.timedOut(patience));
    } catch (InterruptedException e) {
      return new Failure(exchange.interrupted(e));
    }
  }

  /** Ends reading, also for a thread that waits in a read; drops what the engine still sends. */
  @Override
  public void close() {
    closed = true;
    exchange.drop();
    pieces.add(new End());
  }
}
