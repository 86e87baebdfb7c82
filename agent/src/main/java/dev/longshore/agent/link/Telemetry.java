package dev.longshore.agent.link;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.agent.task.TaskRow;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** What there is to tell of the instance; asked on the telemetry session's thread. */
public interface Telemetry {
  Collection<TaskRow> tasks();

  /** The samples taken of the container since this was asked last. */
  List<Statistics> takeSamples(String dockerId);

  /** The last check of the container engine, if it has not been taken yet. */
  Optional<RuntimeCheck> takeRuntimeCheck();

  /**
   * @param status INITIALIZING, OK or IMPAIRED
   */
  record RuntimeCheck(String status, Instant checkedAt, Instant changedAt) {}
}
