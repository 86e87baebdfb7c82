package dev.longshore.agent.docker;

/** Further processes in running containers. */
public interface Executions {
  /** Prepares a process and answers its id; {@code conflict()} when the container is stopped. */
  String create(String containerId, ExecutionSpec spec);

  /** Starts the process with its input and output attached. */
  Attachment start(String executionId);

  /** Starts the process and leaves it alone. */
  void startDetached(String executionId);

  /** Gives the process's terminal a new size, in characters. */
  void resize(String executionId, int columns, int rows);

  Execution inspect(String executionId);
}
