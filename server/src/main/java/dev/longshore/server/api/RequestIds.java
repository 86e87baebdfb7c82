package dev.longshore.server.api;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** Names for requests: random UUIDs, but of a quick source, for they are no secret. */
final class RequestIds {
  private RequestIds() {}

  static String next() {
    var random = ThreadLocalRandom.current();
    long high = (random.nextLong() & ~0xF000L) | 0x4000L;
    long low = (random.nextLong() & (~0L >>> 2)) | (1L << 63);
    return new UUID(high, low).toString();
  }
}
