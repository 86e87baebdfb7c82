package dev.longshore.gateway.stream;

import java.net.InetSocketAddress;
import java.util.Arrays;

/** Numbers that are the same for the same flow. */
final class Flows {
  private Flows() {}

  /** By both ends, as a network load balancer tells flows apart. */
  static long of(InetSocketAddress from, InetSocketAddress to) {
    long hash = source(from);
    hash = hash * 31 + from.getPort();
    hash = hash * 31 + Arrays.hashCode(to.getAddress().getAddress());
    return hash * 31 + to.getPort();
  }

  /** By the client's address alone, for groups that are sticky by it. */
  static long source(InetSocketAddress from) {
    return Arrays.hashCode(from.getAddress().getAddress());
  }
}
