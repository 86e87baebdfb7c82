package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A request's body on its way: the event loop puts pieces in, one reader takes them out. The
 * connection is read no further while {@link #HIGH} bytes wait, so that a body of any length takes
 * no more memory than that.
 */
public final class BodyStream {
  /** Bytes that may wait for the reader before the peer has to. */
  static final int HIGH = 2 << 20;

  private static final int LOW = HIGH / 2;

  /** Bytes that are enough to be lent together, although more wait. */
  private static final int BATCH = 512 << 10;

  private final BlockingQueue<Part> parts = new LinkedBlockingQueue<>();
  private final AtomicLong waiting = new AtomicLong();
  private final Duration patience;
  private final Runnable resume;
  private volatile boolean abandoned;
  private volatile boolean ended;

  /** Takes the body's bytes as they come. */
  @FunctionalInterface
  public interface Sink {
    /** Takes all of the buffer, which is only valid during the call. */
    void take(ByteBuffer bytes) throws IOException;
  }

  /** Takes the body's bytes as they come, and may keep them for a while. */
  @FunctionalInterface
  public interface Borrower {
    /**
     * Takes all of the bytes.
     *
     * @param bytes valid until they are given back
     * @param giveBack to be called once, from any thread, whether or not this throws; what is not
     *     given back holds the connection back
     */
    void take(List<ByteBuffer> bytes, Runnable giveBack) throws IOException;
  }

  private sealed interface Part {}

  private record Piece(ByteBuf bytes) implements Part {}

  private enum Mark implements Part {
    END,
    CUT
  }

  /** The body stopped arriving before its end: the peer went away, or is silent for too long. */
  public static final class CutException extends IOException {
    private static final long serialVersionUID = 1;

    CutException(String message) {
      super(message);
    }
  }

  /**
   * @param patience how long the reader waits for the next piece
   * @param resume has the connection read on; called from the reader's thread
   */
  BodyStream(Duration patience, Runnable resume) {
    this.patience = patience;
    this.resume = resume;
  }

  /** Whether the connection should be read on. */
  boolean hungry() {
    return abandoned || waiting.get() < HIGH;
  }

  /** Takes a piece, of which it now holds the reference. */
  void put(ByteBuf bytes) {
    waiting.addAndGet(bytes.readableBytes());
    parts.add(new Piece(bytes));
    if (abandoned) {
      drop();
    }
  }

  void end() {
    parts.add(Mark.END);
  }

  /** No more will come, and what came is not whole. */
  void cut() {
    parts.add(Mark.CUT);
  }

  /** Nobody reads any further; what waits, and what still comes, is dropped. Any thread. */
  void abandon() {
    abandoned = true;
    drop();
  }

  private void drop() {
    for (Part part; (part = parts.poll()) != null; ) {
      if (part instanceof Piece(var bytes)) {
        waiting.addAndGet(-bytes.readableBytes());
        bytes.release();
      }
    }
  }

  /**
   * Hands the rest of the body to a sink, piece by piece; blocks until its end.
   *
   * @throws CutException the body did not arrive whole; the pieces before were handed over
   * @throws IOException as the sink threw it; the body may be read on
   */
  public void into(Sink sink) throws IOException {
    lend((bytes, giveBack) -> {
      try {
        for (ByteBuffer each : bytes) {
          sink.take(each);
        }
      } finally {
        giveBack.run();
      }
    });
  }

  /**
   * The same for one who works on with the bytes on other threads; what waits is lent together.
   *
   * @throws CutException the body did not arrive whole; the pieces before were handed over
   * @throws IOException as the borrower threw it; the body may be read on
   */
  public void lend(Borrower borrower) throws IOException {
    while (!ended) {
      switch (next()) {
        case Piece(var bytes) -> feed(bytes, borrower);
        case Mark.END -> ended = true;
        case Mark.CUT -> {
          ended = true;
          throw new CutException("The peer went away in the middle of a body.");
        }
      }
    }
  }

  private Part next() throws IOException {
    try {
      Part part = parts.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      if (part == null) {
        throw new CutException("The body stopped arriving.");
      }
      return part;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("Interrupted reading a body.").initCause(e);
    }
  }

  private void feed(ByteBuf first, Borrower borrower) throws IOException {
    List<ByteBuf> lent = new ArrayList<>();
    lent.add(first);
    int length = first.readableBytes();
    while (length < BATCH && parts.peek() instanceof Piece) {
      if (parts.poll() instanceof Piece(var more)) {
        lent.add(more);
        length += more.readableBytes();
      }
    }
    List<ByteBuffer> bytes = new ArrayList<>();
    lent.forEach(each -> Collections.addAll(bytes, each.nioBuffers()));
    int all = length;
    borrower.take(bytes, () -> givenBack(lent, all));
  }

  private void givenBack(List<ByteBuf> lent, int length) {
    lent.forEach(ByteBuf::release);
    long left = waiting.addAndGet(-length);
    if (left < LOW && left + length >= LOW) {
      resume.run();
    }
  }
}
