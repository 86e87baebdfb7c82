package dev.longshore.core.model;

/**
 * A static port of a container instance; tcp and udp ports of one number are two ports.
 *
 * @param protocol {@code tcp} or {@code udp}
 * @param port 1 to 65535
 */
public record HostPort(String protocol, int port) implements Comparable<HostPort> {
  @Override
  public int compareTo(HostPort other) {
    int byProtocol = protocol.compareTo(other.protocol);
    return byProtocol != 0 ? byProtocol : Integer.compare(port, other.port);
  }
}
