package dev.longshore.core.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.placement.language.Subject;
import dev.longshore.shapes.ecs.VersionInfo;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Answers expressions for one instance of a fleet after the other. */
final class InstanceSubject implements Subject {
  private final Fleet fleet;
  private int number;

  InstanceSubject(Fleet fleet) {
    this.fleet = fleet;
  }

  /** This subject, from now on speaking for an instance that is registered. */
  InstanceSubject at(int instance) {
    number = instance;
    return this;
  }

  private ContainerInstance row() {
    return Objects.requireNonNull(fleet.row(number));
  }

  @Override
  public @Nullable String attribute(String name) {
    return row().attribute(name);
  }

  @Override
  public boolean agentConnected() {
    return row().agentConnected();
  }

  @Override
  public @Nullable String agentVersion() {
    VersionInfo version = row().versionInfo();
    return version == null ? null : version.agentVersion();
  }

  @Override
  public @Nullable String ec2InstanceId() {
    return row().ec2InstanceId();
  }

  @Override
  public Instant registeredAt() {
    return row().registeredAt();
  }

  @Override
  public int runningTasksCount() {
    return fleet.running(number);
  }

  @Override
  public boolean hasTaskOf(Predicate<String> group) {
    for (int seat = 0; seat < fleet.seats.size(number); seat++) {
      if (group.test(fleet.groupIn(number, seat).name)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean hasTaskOf(String name) {
    Group group = fleet.group(name);
    return group != null && fleet.seats.find(number, group.number) >= 0;
  }
}
