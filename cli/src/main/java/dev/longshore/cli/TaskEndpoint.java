package dev.longshore.cli;

import dev.longshore.agent.metadata.TaskEndpointRoute;
import dev.longshore.agent.metadata.TaskEndpointServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * Where the containers of this process's agents ask about themselves: a server on loopback, and as
 * root the route that leads 169.254.170.2 to it. Its port is kept in the agents' directory:
 * containers that outlive the process were told it.
 */
final class TaskEndpoint implements AutoCloseable {
  private static final String PORT = "task-endpoint-port";

  private final TaskEndpointServer server;
  private final Optional<TaskEndpointRoute> route;

  private TaskEndpoint(TaskEndpointServer server) {
    this.server = server;
    this.route = TaskEndpointRoute.open(server.address().getPort());
  }

  /**
   * Starts it.
   *
   * @param directory the agents', or the agent's own
   */
  static TaskEndpoint start(Path directory) throws IOException {
    Path file = directory.resolve(PORT);
    int before =
        Files.exists(file)
            ? Integer.parseInt(Files.readString(file).strip())
            : TaskEndpointServer.STANDARD_PORT;
    TaskEndpoint started = new TaskEndpoint(TaskEndpointServer.start("127.0.0.1", before));
    Files.createDirectories(directory);
    Path written =
        Files.writeString(
            directory.resolve(PORT + ".new"), Integer.toString(started.server.address().getPort()));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    return started;
  }

  TaskEndpointServer server() {
    return server;
  }

  /** What containers are told; without the route only those of the host's network reach it. */
  String baseUrl() {
    return route
        .map(TaskEndpointRoute::baseUrl)
        .orElseGet(() -> "http://127.0.0.1:" + server.address().getPort());
  }

  @Override
  public void close() {
    route.ifPresent(TaskEndpointRoute::close);
    server.close();
  }
}
