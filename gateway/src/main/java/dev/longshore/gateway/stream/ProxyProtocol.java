package dev.longshore.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.net.InetSocketAddress;

/** The head of PROXY protocol, version 2, which tells a target who its client is. */
final class ProxyProtocol {
  private static final byte[] SIGNATURE = {
    0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
  };
  private static final int VERSION_2_PROXY = 0x21;
  private static final int FAMILY_V4 = 0x10;
  private static final int FAMILY_V6 = 0x20;
  private static final int STREAM = 1;
  private static final int DATAGRAM = 2;
  private static final int PORTS = 4;

  private ProxyProtocol() {}

  static ByteBuf head(
      ByteBufAllocator allocator, InetSocketAddress from, InetSocketAddress to, boolean stream) {
    byte[] source = from.getAddress().getAddress();
    byte[] target = to.getAddress().getAddress();
    // Both ends are of one family, for they are those of one connection.
    boolean v6 = source.length > 4;
    ByteBuf head = allocator.buffer(SIGNATURE.length + 4 + 2 * source.length + PORTS);
    head.writeBytes(SIGNATURE);
    head.writeByte(VERSION_2_PROXY);
    head.writeByte((v6 ? FAMILY_V6 : FAMILY_V4) | (stream ? STREAM : DATAGRAM));
    head.writeShort(source.length + target.length + PORTS);
    head.writeBytes(source).writeBytes(target);
    head.writeShort(from.getPort()).writeShort(to.getPort());
    return head;
  }
}
