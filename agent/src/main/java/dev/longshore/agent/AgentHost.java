package dev.longshore.agent;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.agent.docker.Sockets;
import dev.longshore.agent.link.Timing;
import dev.longshore.agent.link.Transport;
import dev.longshore.agent.metadata.TaskEndpoints;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the agents of a process share: the container engine, the sockets to the control plane, and
 * the endpoint where containers ask about themselves.
 */
public final class AgentHost implements AutoCloseable {
  private final ContainerEngine engine;
  private final Sockets sockets;
  private final Transport transport;
  private final TaskEndpoints endpoints;
  private final Timing timing;
  private final InstantSource clock;

  AgentHost(
      ContainerEngine engine,
      TaskEndpoints endpoints,
      @Nullable Path trusted,
      Timing timing,
      InstantSource clock) {
    this.engine = engine;
    this.endpoints = endpoints;
    this.timing = timing;
    this.clock = clock;
    sockets = Sockets.open("control-plane");
    transport = Transport.of(sockets, trusted, false);
  }

  /**
   * Opens what agents need. The endpoints stay the caller's to close.
   *
   * @param trusted PEM file of the authorities the control plane's certificate may come from, or
   *     null for the system's
   */
  public static AgentHost open(
      EngineAddress engine, TaskEndpoints endpoints, @Nullable Path trusted) {
    return new AgentHost(
        DockerEngine.at(engine), endpoints, trusted, Timing.STANDARD, InstantSource.system());
  }

  ContainerEngine engine() {
    return engine;
  }

  Transport transport() {
    return transport;
  }

  TaskEndpoints endpoints() {
    return endpoints;
  }

  Timing timing() {
    return timing;
  }

  InstantSource clock() {
    return clock;
  }

  /** Closes all connections; stop the agents first. */
  @Override
  public void close() {
    engine.close();
    sockets.close();
  }
}
