package dev.longshore.gateway.http;

import java.time.Duration;

/**
 * What HTTP traffic is bounded by, beside what AWS fixes.
 *
 * @param targetConnections open connections to one target from one event loop; beyond: 503
 * @param connectTimeout how long a target may take to be connected to; 10 s on AWS
 * @param pooledIdle how long a connection to a target is kept for the next request; shorter than
 *     what common servers keep it for, so that they do not close it under a request
 */
public record HttpSettings(int targetConnections, Duration connectTimeout, Duration pooledIdle) {
  /** AWS's time-outs. */
  public static HttpSettings usual() {
    return new HttpSettings(8_192, Duration.ofSeconds(10), Duration.ofSeconds(4));
  }
}
