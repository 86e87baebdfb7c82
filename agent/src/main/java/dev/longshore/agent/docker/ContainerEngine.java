package dev.longshore.agent.docker;

import java.time.Duration;

/**
 * A container engine. Every call blocks its thread until the engine has answered, and is meant for
 * virtual threads; interrupting the thread drops the call. All calls throw {@link DockerException}
 * and nothing else. An engine may be shared by all threads of a process.
 */
public interface ContainerEngine extends AutoCloseable {
  /** Asks whether the engine answers at all. */
  void ping();

  EngineVersion version();

  EngineInfo info();

  Containers containers();

  Executions executions();

  Images images();

  Volumes volumes();

  Networks networks();

  /**
   * Subscribes to what happens in the engine. The engine remembers only its last 256 events: after
   * a reconnect, list and inspect as well. The subscription may begin a moment after this call
   * returns, so ask {@code since} a time slightly before it.
   */
  Feed<Event> events(EventQuery query);

  /**
   * The same engine with another time limit for calls that answer once. It does not apply to feeds
   * and attachments, nor to calls that name their own time.
   */
  ContainerEngine within(Duration timeout);

  /** Drops all connections; calls under way fail. */
  @Override
  void close();
}
