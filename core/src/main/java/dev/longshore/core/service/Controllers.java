package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.Service;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What services may say of themselves if somebody else controls their deployments: CodeDeploy, or
 * anybody who makes task sets. What a task set says is not the service's to say.
 */
final class Controllers {
  private static final String ELSEWHERE = "Use AWS CodeDeploy to trigger a new deployment.";

  private Controllers() {}

  /**
   * @throws InvalidParameterException there is no such controller
   */
  static String of(@Nullable DeploymentController controller) {
    String type =
        controller == null
            ? DeploymentControllerType.ECS
            : Objects.requireNonNull(controller.type());
    if (!DeploymentControllerType.VALUES.contains(type)) {
      throw new InvalidParameterException(
          "deployment controller type should be one of ["
              + String.join(",", DeploymentControllerType.VALUES)
              + ']');
    }
    return type;
  }

  static boolean isExternal(CreateServiceRequest request) {
    return of(request.deploymentController()).equals(DeploymentControllerType.EXTERNAL);
  }

  /**
   * @throws InvalidParameterException it says what its task sets are to say, or asks for what only
   *     ECS's own deployments have
   */
  static void check(CreateServiceRequest request) {
    if (of(request.deploymentController()).equals(DeploymentControllerType.ECS)) {
      return;
    }
    check(request.deploymentConfiguration());
    if (!isExternal(request)) {
      return;
    }
    refuseGiven(request.taskDefinition(), "TaskDefinition");
    refuseGiven(request.launchType(), "LaunchType");
    refuseGiven(request.platformVersion(), "PlatformVersion");
    refuseGiven(request.networkConfiguration(), "NetworkConfiguration");
    refuseGiven(list(request.loadBalancers()), "LoadBalancers");
    refuseGiven(list(request.serviceRegistries()), "ServiceRegistries");
    refuseGiven(list(request.capacityProviderStrategy()), "CapacityProviderStrategy");
  }

  private static void refuseGiven(@Nullable Object value, String name) {
    if (value != null && !(value instanceof List<?> given && given.isEmpty())) {
      throw new InvalidParameterException(name + " must be empty or null.");
    }
  }

  private static void check(@Nullable DeploymentConfiguration configuration) {
    if (configuration == null) {
      return;
    }
    DeploymentCircuitBreaker breaker = configuration.deploymentCircuitBreaker();
    refuse(
        breaker != null && Boolean.TRUE.equals(breaker.enable()),
        "Deployment circuit breaker feature can only be enabled with ECS deployment controller.");
    refuse(
        configuration.alarms() != null && Boolean.TRUE.equals(configuration.alarms().enable()),
        "Deployment alarms can only be enabled with ECS deployment controller.");
    refuse(
        EarlySuccess.of(configuration) != null,
        "Early success criteria can only be enabled with ECS deployment controller.");
    refuse(
        Strategy.shiftsTraffic(configuration),
        "The deployment strategy "
            + Strategy.of(configuration)
            + " can only be used with ECS deployment controller.");
  }

  /**
   * @throws InvalidParameterException it would change what only a new task set can change
   */
  static void check(Service service, UpdateServiceRequest request) {
    String controller = service.controller();
    refuse(controller, request.taskDefinition(), "task definition");
    refuse(controller, request.loadBalancers(), "load balancers");
    refuse(controller, request.networkConfiguration(), "network configuration");
    refuse(controller, request.platformVersion(), "platform version");
    refuse(controller, request.serviceRegistries(), "service registries");
    refuse(controller, request.capacityProviderStrategy(), "capacity provider strategy");
    refuse(controller, request.enableExecuteCommand(), "execute command");
    refuse(controller, request.serviceConnectConfiguration(), "service connect configuration");
    refuse(controller, request.volumeConfigurations(), "volume configurations");
    refuse(controller, request.vpcLatticeConfigurations(), "VPC Lattice configurations");
    refuse(controller, request.availabilityZoneRebalancing(), "Availability Zone rebalancing");
    if (controller.equals(DeploymentControllerType.EXTERNAL)) {
      refuse(controller, request.deploymentConfiguration(), "deployment configuration");
    }
    refuse(
        Boolean.TRUE.equals(request.forceNewDeployment()),
        "Cannot force a new deployment on services with a "
            + controller
            + " deployment controller. "
            + cure(controller));
    check(request.deploymentConfiguration());
  }

  private static void refuse(String controller, @Nullable Object given, String what) {
    refuse(
        given != null,
        "Unable to update "
            + what
            + " on services with a "
            + controller
            + " deployment controller. "
            + cure(controller));
  }

  private static String cure(String controller) {
    return controller.equals(DeploymentControllerType.CODE_DEPLOY)
        ? ELSEWHERE
        : "Create a new task set instead.";
  }

  private static void refuse(boolean wanted, String message) {
    if (wanted) {
      throw new InvalidParameterException(message);
    }
  }
}
