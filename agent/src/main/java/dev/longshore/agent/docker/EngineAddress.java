package dev.longshore.agent.docker;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the engine listens. */
public sealed interface EngineAddress {
  /** Where Docker Engine listens when nothing else is said. */
  EngineAddress STANDARD = new Socket(Path.of("/var/run/docker.sock"));

  /** A UNIX domain socket. */
  record Socket(Path path) implements EngineAddress {
    @Override
    public String toString() {
      return "unix://" + path;
    }
  }

  /** A TCP port without TLS. */
  record Tcp(String host, int port) implements EngineAddress {
    @Override
    public String toString() {
      return "tcp://" + host + ":" + port;
    }
  }

  /**
   * Reads an address as {@code DOCKER_HOST} has it: {@code unix:///path} or {@code tcp://host:port}
   * (port 2375 when absent); null or empty means {@link #STANDARD}.
   *
   * @throws IllegalArgumentException for any other form
   */
  static EngineAddress parse(@Nullable String dockerHost) {
    if (dockerHost == null || dockerHost.isEmpty()) {
      return STANDARD;
    }
    if (dockerHost.startsWith("unix:///")) {
      return new Socket(Path.of(dockerHost.substring("unix://".length())));
    }
    if (dockerHost.startsWith("tcp://")) {
      return parseTcp(dockerHost, dockerHost.substring("tcp://".length()));
    }
    throw unparsable(dockerHost);
  }

  private static EngineAddress parseTcp(String dockerHost, String authority) {
    var colon = authority.lastIndexOf(':');
    var bracket = authority.lastIndexOf(']');
    var host = colon > bracket ? authority.substring(0, colon) : authority;
    if (host.isEmpty() || host.indexOf('/') >= 0) {
      throw unparsable(dockerHost);
    }
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    if (colon <= bracket) {
      return new Tcp(host, 2375);
    }
    try {
      var port = Integer.parseInt(authority.substring(colon + 1));
      if (port > 0 && port < 65536) {
        return new Tcp(host, port);
      }
    } catch (NumberFormatException notANumber) {
      throw (IllegalArgumentException) unparsable(dockerHost).initCause(notANumber);
    }
    throw unparsable(dockerHost);
  }

  private static IllegalArgumentException unparsable(String dockerHost) {
    return new IllegalArgumentException("unable to parse docker host `" + dockerHost + "`");
  }
}
