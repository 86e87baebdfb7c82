package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.util.List;

/**
 * The engine's containers. A container is named by its id, or by its name, without a slash. A
 * container that does not exist is a {@link DockerException} with {@code notFound()}.
 */
public interface Containers {
  /** Makes a container without starting it; {@code conflict()} when the name is in use. */
  CreatedContainer create(String name, ContainerSpec spec);

  /** Starts it; false if it was running already. */
  boolean start(String id);

  /**
   * Sends the stop signal, waits for the grace period (whole seconds, rounded up), then kills.
   * Answers when the container has stopped; false if it was not running.
   */
  boolean stop(String id, Duration grace);

  /** Stops as {@link #stop} does, then starts. */
  void restart(String id, Duration grace);

  /** Sends a signal, such as "SIGKILL"; {@code conflict()} when the container is not running. */
  void kill(String id, String signal);

  /** Waits, without limit of time, until the container is not running; at once if it is not. */
  Exit await(String id);

  Container inspect(String id);

  /**
   * Removes it; {@code force} kills it first, {@code volumes} takes its anonymous volumes along.
   */
  void remove(String id, boolean force, boolean volumes);

  /** The containers that have all the given labels ({@code name} or {@code name=value}). */
  List<ContainerSummary> list(List<String> labels, boolean stoppedToo);

  void rename(String id, String name);

  /** One sample of the container's use of resources; takes the engine about a second. */
  Json statistics(String id);

  /** A sample about every second, the first at once; ends when the container is removed. */
  Feed<Json> followStatistics(String id);

  Feed<Output> logs(String id, LogQuery query);

  /** Joins the container's input and output; those of before this call are not sent. */
  Attachment attach(String id, boolean input);
}
