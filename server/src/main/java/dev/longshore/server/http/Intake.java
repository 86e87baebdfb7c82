package dev.longshore.server.http;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;

/**
 * Collects one request's body. Memory is taken as bytes arrive, not as the peer announces them, so
 * that two thousand slow uploads hold what they sent and no more.
 */
final class Intake {
  private static final byte[] NOTHING = {};
  private static final int FIRST = 8 << 10;

  private final Reception reception;
  private final long startedAt = System.nanoTime();
  private byte[] octets = NOTHING;
  private int size;

  enum Taken {
    OK,
    TOO_LARGE,
    BUSY
  }

  Intake(Reception reception) {
    this.reception = reception;
  }

  /** When the request's first part came, by {@link System#nanoTime()}. */
  long startedAt() {
    return startedAt;
  }

  /** Takes the readable bytes; the buffer stays the caller's to release. */
  Taken take(ByteBuf content) {
    int more = content.readableBytes();
    if (more == 0) {
      return Taken.OK;
    }
    int limit = reception.settings().limits().body();
    if (more > limit - size) {
      return Taken.TOO_LARGE;
    }
    if (!reception.reserve(more)) {
      return Taken.BUSY;
    }
    if (size + more > octets.length) {
      // Most bodies come in one piece, which then is copied once, into an array that just fits.
      int room = size == 0 ? more : Math.min(limit, Math.max(FIRST, 2 * (size + more)));
      octets = Arrays.copyOf(octets, room);
    }
    content.getBytes(content.readerIndex(), octets, size, more);
    size += more;
    return Taken.OK;
  }

  /** The whole body; what it reserved is the caller's to release. */
  byte[] body() {
    return size == octets.length ? octets : Arrays.copyOf(octets, size);
  }

  /** Gives back what was reserved for a body that nobody will read. */
  void abandon() {
    reception.release(size);
    size = 0;
    octets = NOTHING;
  }
}
