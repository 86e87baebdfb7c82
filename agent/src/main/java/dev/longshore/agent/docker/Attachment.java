package dev.longshore.agent.docker;

/**
 * A two-way connection to a process in a container. Output is read as from any {@link Feed}; one
 * thread at a time may write.
 */
public interface Attachment extends Feed<Output> {
  /** Sends bytes to the process's input; waits while the engine does not take them. */
  void write(byte[] bytes);

  /** Ends the process's input, and goes on reading its output. */
  void endInput();
}
