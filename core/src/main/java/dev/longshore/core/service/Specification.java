package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.task.LaunchRules;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateTaskSetRequest;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentControllerType;
import dev.longshore.shapes.ecs.DeploymentStrategy;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.PropagateTags;
import dev.longshore.shapes.ecs.Scale;
import dev.longshore.shapes.ecs.Service;
import dev.longshore.shapes.ecs.TaskSet;
import dev.longshore.shapes.ecs.UpdateServiceRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes what a service's row holds of requests: checked, and with every default in its place. */
final class Specification {
  private static final DeploymentConfiguration USUAL =
      DeploymentConfiguration.builder()
          .deploymentCircuitBreaker(
              DeploymentCircuitBreaker.builder().enable(false).rollback(false).build())
          .maximumPercent(200)
          .minimumHealthyPercent(100)
          .strategy(DeploymentStrategy.ROLLING)
          .bakeTimeInMinutes(0)
          .build();

  /** All tasks may be down at once, and none is there twice. */
  private static final DeploymentConfiguration OF_DAEMONS =
      USUAL.toBuilder().maximumPercent(100).minimumHealthyPercent(0).build();

  private static final List<String> LAUNCH_TYPES =
      List.of(LaunchType.EC2, LaunchType.FARGATE, LaunchType.EXTERNAL);

  private Specification() {}

  /**
   * What a new service is.
   *
   * @throws InvalidParameterException a parameter breaks a rule
   * @throws ClientException the launch type is unknown
   */
  static Service of(
      CreateServiceRequest request, String arn, Cluster cluster, TaskDefinition definition) {
    Service specification =
        base(request, arn, cluster)
            .launchType(launchType(request.launchType()))
            .taskDefinition(definition.arn())
            .build();
    LaunchRules.checkNetwork(definition, request.networkConfiguration());
    checkPlatformVersion(request.platformVersion());
    checkTaskRole(specification, definition, "created");
    return checked(
        specification.toBuilder()
            .availabilityZoneRebalancing(Rebalancing.of(request, specification))
            .build(),
        definition);
  }

  /** What a new service is whose task sets will say what tasks it has. */
  static Service of(CreateServiceRequest request, String arn, Cluster cluster) {
    Service specification = base(request, arn, cluster).build();
    return checked(
        specification.toBuilder()
            .availabilityZoneRebalancing(Rebalancing.of(request, specification))
            .build());
  }

  private static Service.Builder base(CreateServiceRequest request, String arn, Cluster cluster) {
    return Service.builder()
        .serviceArn(arn)
        .serviceName(request.serviceName())
        .clusterArn(cluster.arn())
        .loadBalancers(list(request.loadBalancers()))
        .serviceRegistries(List.of())
        .deploymentConfiguration(configuration(request))
        .deploymentController(request.deploymentController())
        .placementConstraints(list(request.placementConstraints()))
        .placementStrategy(list(request.placementStrategy()))
        .healthCheckGracePeriodSeconds(request.healthCheckGracePeriodSeconds())
        .schedulingStrategy(Scheduling.of(request))
        .enableECSManagedTags(Boolean.TRUE.equals(request.enableECSManagedTags()))
        .propagateTags(propagateTags(request.propagateTags(), PropagateTags.NONE))
        .enableExecuteCommand(Boolean.TRUE.equals(request.enableExecuteCommand()));
  }

  /** The percents of a service with task sets are the usual ones, whatever is asked for. */
  private static DeploymentConfiguration configuration(CreateServiceRequest request) {
    if (!Controllers.of(request.deploymentController()).equals(DeploymentControllerType.ECS)) {
      return USUAL;
    }
    return joined(
        Scheduling.isDaemon(request) ? OF_DAEMONS : USUAL, request.deploymentConfiguration());
  }

  /**
   * What a new task set is.
   *
   * @throws InvalidParameterException a parameter breaks a rule
   * @throws ClientException the launch type is unknown
   */
  static TaskSet of(
      CreateTaskSetRequest request,
      dev.longshore.core.model.Service service,
      TaskDefinition definition) {
    Service specification =
        service.specification().toBuilder()
            .launchType(launchType(request.launchType()))
            .taskDefinition(definition.arn())
            .loadBalancers(list(request.loadBalancers()))
            .build();
    LaunchRules.checkNetwork(definition, request.networkConfiguration());
    checkPlatformVersion(request.platformVersion());
    checkTaskRole(specification, definition, "updated");
    return taskSet(checked(specification, definition), TaskSets.scale(request.scale())).toBuilder()
        .externalId(request.externalId())
        .build();
  }

  /** A task set that is what a service is. */
  static TaskSet taskSet(Service specification, Scale scale) {
    return TaskSet.builder()
        .taskDefinition(specification.taskDefinition())
        .launchType(specification.launchType())
        .platformVersion(specification.platformVersion())
        .networkConfiguration(specification.networkConfiguration())
        .loadBalancers(list(specification.loadBalancers()))
        .serviceRegistries(list(specification.serviceRegistries()))
        .scale(scale)
        .build();
  }

  /**
   * What a service is after an update; what the request does not name stays as it is, and an empty
   * list clears.
   *
   * @throws InvalidParameterException a parameter breaks a rule
   */
  static Service updated(Service before, UpdateServiceRequest request, TaskDefinition definition) {
    Service.Builder after = joined(before, request).taskDefinition(definition.arn());
    if (request.deploymentConfiguration() != null) {
      DeploymentConfiguration configured =
          Objects.requireNonNullElse(before.deploymentConfiguration(), USUAL);
      after.deploymentConfiguration(joined(configured, request.deploymentConfiguration()));
    }
    if (request.networkConfiguration() != null || request.taskDefinition() != null) {
      LaunchRules.checkNetwork(definition, request.networkConfiguration());
    }
    checkPlatformVersion(request.platformVersion());
    if (request.availabilityZoneRebalancing() != null) {
      Rebalancing.check(request.availabilityZoneRebalancing(), after.build());
      after.availabilityZoneRebalancing(request.availabilityZoneRebalancing());
    }
    Service updated = after.build();
    checkTaskRole(updated, definition, "updated");
    return checked(updated, definition);
  }

  /**
   * What a service with task sets is after an update.
   *
   * @throws InvalidParameterException a parameter breaks a rule
   */
  static Service updated(Service before, UpdateServiceRequest request) {
    return checked(joined(before, request).build());
  }

  private static Service.Builder joined(Service before, UpdateServiceRequest request) {
    Service.Builder after = before.toBuilder();
    if (request.loadBalancers() != null) {
      after.loadBalancers(request.loadBalancers());
    }
    if (request.placementConstraints() != null) {
      after.placementConstraints(request.placementConstraints());
    }
    if (request.placementStrategy() != null) {
      after.placementStrategy(request.placementStrategy());
    }
    if (request.healthCheckGracePeriodSeconds() != null) {
      after.healthCheckGracePeriodSeconds(request.healthCheckGracePeriodSeconds());
    }
    if (request.enableECSManagedTags() != null) {
      after.enableECSManagedTags(request.enableECSManagedTags());
    }
    if (request.enableExecuteCommand() != null) {
      after.enableExecuteCommand(request.enableExecuteCommand());
    }
    after.propagateTags(
        propagateTags(
            request.propagateTags(),
            Objects.requireNonNullElse(before.propagateTags(), PropagateTags.NONE)));
    return after;
  }

  /** Commands run with the task's role, so there must be one. */
  private static void checkTaskRole(
      Service specification, TaskDefinition definition, String attempt) {
    String role = Given.text(definition.definition().taskRoleArn());
    if (Boolean.TRUE.equals(specification.enableExecuteCommand()) && role.isEmpty()) {
      throw new InvalidParameterException(
          "The service couldn't be "
              + attempt
              + " because a valid taskRoleArn is not being used. Specify a valid task role in your"
              + " task definition and try again.");
    }
  }

  private static Service checked(Service specification, TaskDefinition definition) {
    LaunchRules.checkLaunchType(definition, Given.text(specification.launchType()));
    LaunchRules.checkVolumes(definition, null);
    LaterFeatures.refuse(definition);
    Launch.rules(specification, definition);
    return checked(specification);
  }

  private static Service checked(Service specification) {
    PlacementRules.of(
        null, specification.placementConstraints(), specification.placementStrategy());
    CircuitBreaker.check(specification.deploymentConfiguration());
    Alarms.check(specification.deploymentConfiguration());
    EarlySuccess.check(specification.deploymentConfiguration());
    Integer grace = specification.healthCheckGracePeriodSeconds();
    if (grace != null && grace < 0) {
      throw new InvalidParameterException(
          "healthCheckGracePeriodSeconds must be between 0 and 2147483647.");
    }
    return specification;
  }

  /**
   * @throws InvalidParameterException it is negative
   */
  static int desiredCount(int count) {
    if (count < 0) {
      throw new InvalidParameterException("The desired count must not be negative.");
    }
    return count;
  }

  private static String launchType(@Nullable String value) {
    String launchType = Objects.requireNonNullElse(value, LaunchType.EC2);
    if (!LAUNCH_TYPES.contains(launchType)) {
      throw new ClientException(
          "launch type should be one of [" + String.join(",", LAUNCH_TYPES) + ']');
    }
    return launchType;
  }

  private static String propagateTags(@Nullable String value, String otherwise) {
    if (value != null && !PropagateTags.VALUES.contains(value)) {
      throw new InvalidParameterException(
          "propagateTags should be one of [" + String.join(",", PropagateTags.VALUES) + ']');
    }
    return Objects.requireNonNullElse(value, otherwise);
  }

  private static DeploymentConfiguration joined(
      DeploymentConfiguration before, @Nullable DeploymentConfiguration request) {
    if (request == null) {
      return before;
    }
    DeploymentConfiguration.Builder after = before.toBuilder();
    if (request.minimumHealthyPercent() != null) {
      after.minimumHealthyPercent(
          percent("minimumHealthyPercent", request.minimumHealthyPercent(), 0, 100));
    }
    if (request.maximumPercent() != null) {
      after.maximumPercent(
          percent("maximumPercent", request.maximumPercent(), 100, Integer.MAX_VALUE));
    }
    if (request.deploymentCircuitBreaker() != null) {
      after.deploymentCircuitBreaker(request.deploymentCircuitBreaker());
    }
    if (request.alarms() != null) {
      after.alarms(request.alarms());
    }
    if (request.earlySuccessCriteria() != null) {
      after.earlySuccessCriteria(request.earlySuccessCriteria());
    }
    joinStrategy(after, request);
    return after.build();
  }

  private static void joinStrategy(
      DeploymentConfiguration.Builder after, DeploymentConfiguration request) {
    if (request.strategy() != null) {
      after.strategy(request.strategy());
      after.bakeTimeInMinutes(
          request.bakeTimeInMinutes() == null && !Strategy.shiftsTraffic(request)
              ? Integer.valueOf(0)
              : request.bakeTimeInMinutes());
    } else if (request.bakeTimeInMinutes() != null) {
      after.bakeTimeInMinutes(request.bakeTimeInMinutes());
    }
    if (request.lifecycleHooks() != null) {
      after.lifecycleHooks(request.lifecycleHooks());
    }
    if (request.linearConfiguration() != null) {
      after.linearConfiguration(request.linearConfiguration());
    }
    if (request.canaryConfiguration() != null) {
      after.canaryConfiguration(request.canaryConfiguration());
    }
  }

  private static int percent(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new InvalidParameterException(
          "The value of " + name + " must be between " + least + " and " + most + '.');
    }
    return value;
  }

  private static void checkPlatformVersion(@Nullable String platformVersion) {
    if (platformVersion != null) {
      throw new InvalidParameterException(
          "The platform version must be null when specifying an EC2 launch type.");
    }
  }
}
