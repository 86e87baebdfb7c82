package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.shapes.ecs.AvailabilityZoneRebalancing;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.SchedulingStrategy;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The rules of scheduling strategies: how many tasks there are, and what goes with that. */
final class Scheduling {
  private static final int WHOLE = 100;

  private Scheduling() {}

  /**
   * @throws InvalidParameterException there is no such strategy
   */
  static String of(CreateServiceRequest request) {
    String strategy =
        Objects.requireNonNullElse(request.schedulingStrategy(), SchedulingStrategy.REPLICA);
    if (!SchedulingStrategy.VALUES.contains(strategy)) {
      throw new InvalidParameterException(
          "Scheduling strategy should be one of ["
              + String.join(",", SchedulingStrategy.VALUES)
              + ']');
    }
    return strategy;
  }

  static boolean isDaemon(CreateServiceRequest request) {
    return of(request).equals(SchedulingStrategy.DAEMON);
  }

  /**
   * How many tasks a new service is to have; a daemon's are counted once it is there.
   *
   * @throws InvalidParameterException a replica's number is missing, or a daemon's is given
   */
  static int desiredCount(CreateServiceRequest request) {
    Integer count = request.desiredCount();
    if (isDaemon(request)) {
      refuse(count != null, "a desired count for services", "Remove the desired count value");
      return 0;
    }
    if (count == null && Controllers.isExternal(request)) {
      return 0;
    }
    if (count == null) {
      throw new InvalidParameterException(
          "The desired count must be specified with the REPLICA scheduling strategy.");
    }
    return Specification.desiredCount(count);
  }

  /**
   * @throws InvalidParameterException it asks for what daemons have not
   */
  static void check(CreateServiceRequest request) {
    if (!isDaemon(request)) {
      return;
    }
    refuse(
        request.desiredCount() != null,
        "a desired count for services",
        "Remove the desired count value");
    refuse(
        !list(request.placementStrategy()).isEmpty(),
        "placement strategies",
        "Remove the placement strategy");
    refuse(
        LaunchType.FARGATE.equals(request.launchType()),
        "the FARGATE launch type",
        "Change the launch type to EC2");
    check(request.deploymentController());
    refuse(
        !list(request.volumeConfigurations()).isEmpty(),
        "volume configurations",
        "Remove the volume configurations");
    check(request.deploymentConfiguration(), request.availabilityZoneRebalancing());
  }

  private static void check(@Nullable DeploymentController controller) {
    String type = Controllers.of(controller);
    refuse(
        !type.equals(DeploymentControllerType.ECS),
        "the " + type + " deployment controller",
        "Change the deployment controller to ECS");
  }

  /**
   * @throws InvalidParameterException it asks for what daemons have not
   */
  static void check(UpdateServiceRequest request) {
    refuse(
        request.desiredCount() != null,
        "a desired count for services",
        "Remove the desired count value");
    refuse(
        !list(request.placementStrategy()).isEmpty(),
        "placement strategies",
        "Remove the placement strategy");
    refuse(
        !list(request.volumeConfigurations()).isEmpty(),
        "volume configurations",
        "Remove the volume configurations");
    check(request.deploymentController());
    check(request.deploymentConfiguration(), request.availabilityZoneRebalancing());
  }

  private static void check(
      @Nullable DeploymentConfiguration configuration, @Nullable String rebalancing) {
    if (configuration != null) {
      Integer most = configuration.maximumPercent();
      refuse(
          most != null && most > WHOLE,
          "values above 100 for maximumPercent on a deployment configuration",
          "Change the maximumPercent value to 100,");
      refuse(
          Strategy.shiftsTraffic(configuration),
          "the " + Strategy.of(configuration) + " deployment strategy",
          "Change the deployment strategy to ROLLING");
    }
    refuse(
        AvailabilityZoneRebalancing.ENABLED.equals(rebalancing),
        "Availability Zone rebalancing",
        "Remove the Availability Zone rebalancing value");
  }

  private static void refuse(boolean wanted, String feature, String cure) {
    if (wanted) {
      throw new InvalidParameterException(
          "The daemon scheduling strategy does not support "
              + feature
              + ". "
              + cure
              + " and try again");
    }
  }
}
