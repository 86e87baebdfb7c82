package dev.longshore.agent.metadata;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the task endpoint to the containers of all agents of this process. */
public final class TaskEndpointServer implements TaskEndpoints, AutoCloseable {
  /** Where Amazon's agent listens. */
  public static final int STANDARD_PORT = 51679;

  private static final Logger LOG = LoggerFactory.getLogger(TaskEndpointServer.class);

  private final Registry registry;
  private final HttpServer server;

  private TaskEndpointServer(Registry registry, HttpServer server) {
    this.registry = registry;
    this.server = server;
  }

  /**
   * Listens on a port, or on a free one if that is taken.
   *
   * @param host an address of this machine: loopback, unless containers are to reach it directly
   * @throws UncheckedIOException when the address is not this machine's
   */
  public static TaskEndpointServer start(String host, int port) {
    var registry = new Registry();
    var front = new TaskFront(registry, Limits.STANDARD, System::nanoTime);
    return new TaskEndpointServer(registry, listen(host, port, front));
  }

  private static HttpServer listen(String host, int port, Front front) {
    try {
      return new HttpServer(new InetSocketAddress(host, port), front);
    } catch (UncheckedIOException taken) {
      LOG.info("port {} for the task endpoint is taken, using a free one", port);
      return new HttpServer(new InetSocketAddress(host, 0), front);
    }
  }

  @Override
  public Registration register(TaskSource agent) {
    return registry.register(agent);
  }

  public InetSocketAddress address() {
    return server.address();
  }

  /** Serves introspection of the same agents as well, until it is closed. */
  public IntrospectionServer introspect(String host, int port) {
    return new IntrospectionServer(registry, new InetSocketAddress(host, port));
  }

  @Override
  public void close() {
    server.close();
  }
}
