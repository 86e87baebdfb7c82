package dev.longshore.agent.docker;

import java.util.Optional;

/**
 * Values that the engine sends one after the other over one connection. Reading is pulling: what is
 * not taken stays in the engine (beyond a small buffer), so a slow reader never fills memory. One
 * thread reads; any thread may close, which ends a waiting {@code next}.
 */
public interface Feed<T> extends AutoCloseable {
  /**
   * Waits for the next value; empty when the engine ended the stream, or after {@link #close}.
   *
   * @throws DockerException when the connection broke, or the thread was interrupted
   */
  Optional<T> next();

  /** Drops the connection. */
  @Override
  void close();
}
