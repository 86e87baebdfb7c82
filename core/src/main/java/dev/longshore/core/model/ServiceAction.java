package dev.longshore.core.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event of a service is for programs: an action of the kind that event buses carry.
 *
 * @param type {@code INFO}, {@code WARN} or {@code ERROR}
 * @param name for example {@code SERVICE_STEADY_STATE}
 * @param reason for example {@code RESOURCE:CPU}
 * @param containerInstanceArns those it is about
 */
public record ServiceAction(
    String type, String name, @Nullable String reason, List<String> containerInstanceArns) {
  public static final ServiceAction STEADY_STATE = info("SERVICE_STEADY_STATE");
  public static final ServiceAction START_IMPAIRED =
      new ServiceAction("WARN", "SERVICE_TASK_START_IMPAIRED", null, List.of());
  public static final ServiceAction REBALANCING_STARTED = info("SERVICE_REBALANCING_STARTED");
  public static final ServiceAction REBALANCING_COMPLETED = info("SERVICE_REBALANCING_COMPLETED");
  public static final ServiceAction REBALANCING_STOPPED = info("SERVICE_REBALANCING_STOPPED");
  public static final ServiceAction TASKS_STARTED = info("TASKS_STARTED");
  public static final ServiceAction TASKS_STOPPED = info("TASKS_STOPPED");
  public static final ServiceAction SCALE_IN_PREVENTED =
      error("TASKSET_SCALE_IN_FAILURE_BY_TASK_PROTECTION", null, List.of());

  /** Nothing is wrong. */
  public static ServiceAction info(String name) {
    return new ServiceAction("INFO", name, null, List.of());
  }

  /** No container instance can take a task. */
  public static ServiceAction placementFailure(String reason, List<String> closest) {
    return error("SERVICE_TASK_PLACEMENT_FAILURE", reason, closest);
  }

  /** Its tasks cannot be started as they are defined. */
  public static ServiceAction configurationFailure(String reason) {
    return error("SERVICE_TASK_CONFIGURATION_FAILURE", reason, List.of());
  }

  /** A daemon's task is where it may not be any more. */
  public static ServiceAction constraintViolated(String instanceArn) {
    return error("SERVICE_DAEMON_PLACEMENT_CONSTRAINT_VIOLATED", null, List.of(instanceArn));
  }

  private static ServiceAction error(
      String name, @Nullable String reason, List<String> containerInstanceArns) {
    return new ServiceAction("ERROR", name, reason, containerInstanceArns);
  }
}
