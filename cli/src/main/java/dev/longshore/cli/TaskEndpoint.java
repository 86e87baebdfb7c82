package dev.longshore.cli;

import dev.longshore.agent.metadata.TaskEndpointRoute;
import dev.longshore.agent.metadata.TaskEndpointServer;
import java.util.Optional;

/**
 * Where the containers of this process's agents ask about themselves: a server on loopback, and as
 * root the route that leads 169.254.170.2 to it.
 */
final class TaskEndpoint implements AutoCloseable {
  private final TaskEndpointServer server;
  private final Optional<TaskEndpointRoute> route;

  private TaskEndpoint(TaskEndpointServer server) {
    this.server = server;
    this.route = TaskEndpointRoute.open(server.address().getPort());
  }

  static TaskEndpoint start() {
    return new TaskEndpoint(
        TaskEndpointServer.start("127.0.0.1", TaskEndpointServer.STANDARD_PORT));
  }

  TaskEndpointServer server() {
    return server;
  }

  /** What containers are told; without the route only those of the host's network reach it. */
  String baseUrl() {
    return route.isPresent()
        ? TaskEndpointRoute.BASE_URL
        : "http://127.0.0.1:" + server.address().getPort();
  }

  @Override
  public void close() {
    route.ifPresent(TaskEndpointRoute::close);
    server.close();
  }
}
