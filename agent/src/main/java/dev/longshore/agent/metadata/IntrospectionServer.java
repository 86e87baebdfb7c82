package dev.longshore.agent.metadata;

import java.net.InetSocketAddress;

/** Serves the agents' introspection to this machine. */
public final class IntrospectionServer implements AutoCloseable {
  /** Where Amazon's agent listens. */
  public static final int STANDARD_PORT = 51678;

  private final HttpServer server;

  IntrospectionServer(Registry registry, InetSocketAddress address) {
    server = new HttpServer(address, new IntrospectionFront(registry));
  }

  public InetSocketAddress address() {
    return server.address();
  }

  @Override
  public void close() {
    server.close();
  }
}
