package dev.longshore.core.placement.language;

import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an expression may ask of one container instance. */
public interface Subject {
  /** The value of an attribute: "" where it has a name only, null where it is absent. */
  @Nullable String attribute(String name);

  boolean agentConnected();

  /** As its agent told it; null where it never did. */
  @Nullable String agentVersion();

  /** Null where it is no EC2 instance. */
  @Nullable String ec2InstanceId();

  Instant registeredAt();

  /** How many tasks with desired status RUNNING it holds. */
  int runningTasksCount();

  /** Whether it holds a task with desired status RUNNING whose group is of that kind. */
  boolean hasTaskOf(Predicate<String> group);

  /** Whether it holds a task of that group with desired status RUNNING. */
  default boolean hasTaskOf(String group) {
    return hasTaskOf(group::equals);
  }
}
