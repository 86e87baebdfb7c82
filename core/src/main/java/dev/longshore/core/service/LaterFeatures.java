package dev.longshore.core.service;

import dev.longshore.core.model.TaskDefinition;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateTaskSetRequest;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.ServiceConnectConfiguration;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what services of ECS can do and these cannot yet. Nothing that a user asks for is
 * silently left out.
 */
final class LaterFeatures {
  private LaterFeatures() {}

  static void refuse(CreateServiceRequest request) {
    refuseList(request.serviceRegistries(), "Service registries");
    refuseList(request.volumeConfigurations(), "Volume configurations of services");
    refuseList(request.vpcLatticeConfigurations(), "VPC Lattice configurations");
    refuse(request.serviceConnectConfiguration());
    refuse(request.monitoring() != null, "The monitoring configuration of services is");
    refuse(request.capacityProviderStrategy());
    refuse(request.deploymentConfiguration());
    refuse(request.role() != null, "The role parameter, which load balancers need, is");
    refuseLaunchType(request.launchType());
  }

  static void refuse(CreateTaskSetRequest request) {
    refuseList(request.serviceRegistries(), "Service registries");
    refuse(request.capacityProviderStrategy());
    refuseLaunchType(request.launchType());
  }

  private static void refuseLaunchType(@Nullable String given) {
    String launchType = Objects.requireNonNullElse(given, LaunchType.EC2);
    refuse(
        launchType.equals(LaunchType.FARGATE) || launchType.equals(LaunchType.MANAGED_INSTANCES),
        "The launch type " + launchType + " is");
  }

  static void refuse(UpdateServiceRequest request) {
    refuseList(request.serviceRegistries(), "Service registries");
    refuseList(request.volumeConfigurations(), "Volume configurations of services");
    refuseList(request.vpcLatticeConfigurations(), "VPC Lattice configurations");
    refuse(request.serviceConnectConfiguration());
    refuse(request.monitoring() != null, "The monitoring configuration of services is");
    refuse(request.capacityProviderStrategy());
    refuse(request.deploymentConfiguration());
  }

  private static void refuse(@Nullable DeploymentConfiguration configuration) {
    if (configuration == null) {
      return;
    }
    if (!Strategy.shiftsTraffic(configuration)) {
      refuse(
          configuration.bakeTimeInMinutes() != null && configuration.bakeTimeInMinutes() != 0,
          "The bake time of deployments is");
      refuseList(configuration.lifecycleHooks(), "Lifecycle hooks of rolling deployments");
      refuse(configuration.linearConfiguration() != null, "Linear deployments are");
      refuse(configuration.canaryConfiguration() != null, "Canary deployments are");
    }
  }

  private static void refuse(@Nullable ServiceConnectConfiguration configuration) {
    refuse(configuration != null && configuration.enabled(), "Service Connect is");
  }

  /** Also for the strategy that a service would take over from its cluster. */
  static void refuse(@Nullable List<CapacityProviderStrategyItem> strategy) {
    refuseList(strategy, "Capacity provider strategies of services");
  }

  private static void refuseList(@Nullable List<?> list, String feature) {
    refuse(list != null && !list.isEmpty(), feature + " are");
  }

  /** Refuses tasks with a network interface of their own. */
  static void refuse(TaskDefinition definition) {
    refuse(
        "awsvpc".equals(definition.definition().networkMode()),
        "Services with the network mode awsvpc are");
  }

  private static void refuse(boolean wanted, String feature) {
    if (wanted) {
      throw new UnsupportedFeatureException(feature + " not supported yet.");
    }
  }
}
