package dev.longshore.wire.signature;

import java.time.Duration;

/**
 * In what services differ about signatures.
 *
 * @param skew how far a request's time may be from ours, either way
 * @param normalizes whether a path is brought to its shortest form and encoded once more; else it
 *     is signed as it names the object
 * @param namesPayload whether a request must say how its payload is covered
 * @param coversAll whether each header that is AWS's own must be signed, be it known or not
 */
record ServiceRule(Duration skew, boolean normalizes, boolean namesPayload, boolean coversAll) {
  private static final ServiceRule USUAL =
      new ServiceRule(Duration.ofMinutes(5), true, false, false);
  private static final ServiceRule OBJECTS =
      new ServiceRule(Duration.ofMinutes(15), false, true, true);

  static ServiceRule of(String service) {
    return service.equals("s3") ? OBJECTS : USUAL;
  }
}
