package dev.longshore.core.task;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.RunTaskRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where RunTask starts its tasks: what it says, else what its cluster says, else EC2. */
final class LaunchTypes {
  private static final List<String> KNOWN =
      List.of(LaunchType.EC2, LaunchType.FARGATE, LaunchType.EXTERNAL);

  private LaunchTypes() {}

  static String of(Cluster cluster, RunTaskRequest request) {
    List<CapacityProviderStrategyItem> strategy = Given.list(request.capacityProviderStrategy());
    if (request.launchType() != null && !strategy.isEmpty()) {
      throw new InvalidParameterException(
          "Specify either Launch Type or Capacity Provider Strategy, but not both.");
    }
    String launchType = launchType(cluster, request.launchType(), strategy);
    boolean fargate = launchType.equals(LaunchType.FARGATE);
    if (!fargate && request.platformVersion() != null) {
      throw new InvalidParameterException(
          "The platform version must be null when specifying an " + launchType + " launch type.");
    }
    if (fargate
        && !(Given.list(request.placementStrategy()).isEmpty()
            && Given.list(request.placementConstraints()).isEmpty())) {
      throw new InvalidParameterException(
          "Placement strategies and constraints are not supported with the FARGATE launch type.");
    }
    return launchType;
  }

  private static String launchType(
      Cluster cluster, @Nullable String asked, List<CapacityProviderStrategyItem> strategy) {
    if (asked != null) {
      check(asked);
      return asked;
    }
    List<CapacityProviderStrategyItem> chosen =
        strategy.isEmpty() ? cluster.defaultCapacityProviderStrategy() : strategy;
    for (CapacityProviderStrategyItem item : chosen) {
      String name = item.capacityProvider();
      if (!cluster.capacityProviders().contains(name.substring(name.lastIndexOf('/') + 1))) {
        throw new InvalidParameterException(
            "The specified capacity provider strategy cannot contain a capacity provider that is"
                + " not associated with the cluster. Associate the capacity provider with the"
                + " cluster and try again.");
      }
    }
    // The only capacity providers there are yet, FARGATE and FARGATE_SPOT, stand for Fargate.
    return chosen.isEmpty() ? LaunchType.EC2 : LaunchType.FARGATE;
  }

  /**
   * Checks a launch type of a request.
   *
   * @throws ClientException there is no such launch type
   */
  static void check(String launchType) {
    if (!KNOWN.contains(launchType)) {
      throw new ClientException("launch type should be one of [EC2,FARGATE,EXTERNAL]");
    }
  }
}
