package dev.longshore.gateway.route;

import java.util.Arrays;

/** A CIDR block of IPv4 or IPv6. */
final class Block {
  private static final int BITS = 8;

  private final byte[] network;
  private final int prefix;

  private Block(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /**
   * Reads {@code ADDRESS/BITS}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Block of(String text) {
    int slash = text.indexOf('/');
    byte[] network = Addresses.parse(slash < 0 ? text : text.substring(0, slash));
    int all = network.length * BITS;
    int prefix = slash < 0 ? all : Integer.parseInt(text.substring(slash + 1));
    if (prefix < 0 || prefix > all) {
      throw new IllegalArgumentException("no CIDR block: " + text);
    }
    return new Block(network, prefix);
  }

  boolean holds(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = prefix / BITS;
    if (!Arrays.equals(address, 0, whole, network, 0, whole)) {
      return false;
    }
    int rest = prefix % BITS;
    int mask = 0xff << (BITS - rest) & 0xff;
    return rest == 0 || (address[whole] & mask) == (network[whole] & mask);
  }
}
