package dev.longshore.gateway.route;

import java.net.InetAddress;

/** IP addresses as they are written. Names are not looked up. */
public final class Addresses {
  private Addresses() {}

  /**
   * The bytes of a literal.
   *
   * @throws IllegalArgumentException for what is no literal
   */
  public static byte[] parse(String literal) {
    return address(literal).getAddress();
  }

  /**
   * The address of a literal.
   *
   * @throws IllegalArgumentException for what is no literal
   */
  public static InetAddress address(String literal) {
    return InetAddress.ofLiteral(literal);
  }
}
