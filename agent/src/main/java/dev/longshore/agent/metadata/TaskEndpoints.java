package dev.longshore.agent.metadata;

/**
 * Where an agent makes its tasks known to the task endpoint, which all agents of a process share.
 */
public interface TaskEndpoints {
  /** From now on the agent's containers are answered, until the registration is closed. */
  Registration register(TaskSource agent);

  /** An agent's place at the endpoint. */
  interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
