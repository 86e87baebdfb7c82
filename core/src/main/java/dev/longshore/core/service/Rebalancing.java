package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.AvailabilityZoneRebalancing;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.SchedulingStrategy;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules of Availability Zone rebalancing, and what is told of it. While it is under way the
 * service's row says so by a problem of that kind.
 */
final class Rebalancing {
  static final String ZONE = "ecs.availability-zone";

  private Rebalancing() {}

  /**
   * What a new service has: what it asks for, else rebalancing where it may have it.
   *
   * @throws InvalidParameterException it asks for what is no value
   */
  static String of(CreateServiceRequest request, dev.longshore.shapes.ecs.Service specification) {
    String asked = request.availabilityZoneRebalancing();
    if (asked == null) {
      return obstacle(specification) == null
          ? AvailabilityZoneRebalancing.ENABLED
          : AvailabilityZoneRebalancing.DISABLED;
    }
    check(asked, specification);
    return asked;
  }

  /**
   * @throws InvalidParameterException it asks for what is no value, or what such a service cannot
   *     have
   */
  static void check(String asked, dev.longshore.shapes.ecs.Service specification) {
    if (!AvailabilityZoneRebalancing.VALUES.contains(asked)) {
      throw new InvalidParameterException(
          "availabilityZoneRebalancing should be one of ["
              + String.join(",", AvailabilityZoneRebalancing.VALUES)
              + ']');
    }
    String obstacle = obstacle(specification);
    if (asked.equals(AvailabilityZoneRebalancing.ENABLED) && obstacle != null) {
      throw new InvalidParameterException(
          "Availability Zone rebalancing does not support " + obstacle + '.');
    }
  }

  /** What keeps a service from it; null: nothing. */
  private static @Nullable String obstacle(dev.longshore.shapes.ecs.Service specification) {
    if (SchedulingStrategy.DAEMON.equals(specification.schedulingStrategy())) {
      return "the daemon scheduling strategy";
    }
    String controller = Controllers.of(specification.deploymentController());
    if (!controller.equals(DeploymentControllerType.ECS)) {
      return "the " + controller + " deployment controller";
    }
    if (LaunchType.EXTERNAL.equals(specification.launchType())) {
      return "the EXTERNAL launch type";
    }
    Integer most = Objects.requireNonNull(specification.deploymentConfiguration()).maximumPercent();
    if (most != null && most <= 100) {
      return "a maximumPercent of 100";
    }
    for (PlacementConstraint constraint : list(specification.placementConstraints())) {
      if (Given.text(constraint.expression()).toLowerCase(Locale.ROOT).contains(ZONE)) {
        return "placement constraints on the Availability Zone";
      }
    }
    List<PlacementStrategy> strategies = list(specification.placementStrategy());
    boolean spread =
        strategies.isEmpty()
            || ("spread".equals(strategies.getFirst().type())
                && ("attribute:" + ZONE)
                    .equalsIgnoreCase(Given.text(strategies.getFirst().field())));
    return spread ? null : "a first placement strategy other than spread over Availability Zones";
  }

  /** Whether a service wants it and, as it is now, may have it. */
  static boolean isWanted(Service service) {
    dev.longshore.shapes.ecs.Service specification = service.specification();
    return AvailabilityZoneRebalancing.ENABLED.equals(specification.availabilityZoneRebalancing())
        && obstacle(specification) == null;
  }

  /** Whether tasks are being moved. */
  static boolean isUnderWay(Service service) {
    for (ServiceProblem problem : service.problems()) {
      if (problem.kind() == ServiceProblem.Kind.REBALANCING) {
        return true;
      }
    }
    return false;
  }

  /** The problems of a service whose tasks are not moved any further. */
  static List<ServiceProblem> without(List<ServiceProblem> problems) {
    return problems.stream()
        .filter(problem -> problem.kind() != ServiceProblem.Kind.REBALANCING)
        .toList();
  }

  /** Tells of tasks that were started or stopped, zone by zone. */
  static void tell(ServiceEvents events, List<Task> tasks, boolean started) {
    Map<String, List<String>> byZone = new TreeMap<>();
    for (Task task : tasks) {
      byZone
          .computeIfAbsent(String.valueOf(task.availabilityZone()), zone -> new ArrayList<>())
          .add("(task " + task.id() + ')');
    }
    byZone.forEach((zone, ids) ->
        events.write(
            started
                ? "has started "
                    + ids.size()
                    + " tasks in "
                    + zone
                    + " to AZ Rebalance: "
                    + String.join(" ", ids)
                    + '.'
                : "has stopped "
                    + ids.size()
                    + " running tasks in "
                    + zone
                    + " due to AZ rebalancing: "
                    + String.join(" ", ids)
                    + '.',
            started ? ServiceAction.TASKS_STARTED : ServiceAction.TASKS_STOPPED));
  }
}
