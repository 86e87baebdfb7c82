package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.instance.ContainerInstances;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.placement.Obstacle;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.state.Draft;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.StartTaskRequest;
import dev.longshore.shapes.ecs.StartTaskResponse;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Starts one task on each instance that is named. Placement constraints and strategies are not
 * looked at, a DRAINING instance is taken too; but the task must fit.
 */
public final class StartTask implements Command<StartTaskRequest, StartTaskResponse> {
  private static final int MAX_INSTANCES = 10;
  private static final int MAX_STARTED_BY = 36;

  @Override
  public StartTaskResponse decide(Draft draft, StartTaskRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    checkCount(request.containerInstances().size());
    LaunchRules.checkStartedBy(request.startedBy(), MAX_STARTED_BY);
    TaskDefinition definition =
        TaskDefinitions.findActive(
            draft, context, request.taskDefinition(), InvalidParameterException::new);
    TaskPlan plan = plan(request, cluster, definition);
    List<dev.longshore.shapes.ecs.Task> tasks = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : request.containerInstances()) {
      ContainerInstance instance = ContainerInstances.find(draft, context, cluster, idOrArn);
      TaskLauncher launcher = new TaskLauncher(draft, on(plan, instance), context);
      String reason = reason(launcher, instance);
      if (instance == null || reason != null) {
        String arn = ContainerInstances.arn(context, cluster, idOrArn);
        failures.add(Failure.builder().arn(arn).reason(reason).build());
      } else {
        tasks.add(TaskAnswers.of(draft, launcher.launchOn(instance), true));
      }
    }
    return new StartTaskResponse(tasks, failures);
  }

  private static void checkCount(int instances) {
    if (instances == 0) {
      throw new InvalidParameterException("Container Instances cannot be empty.");
    }
    if (instances > MAX_INSTANCES) {
      throw new InvalidParameterException(
          "At most 10 container instances may be specified in a single call.");
    }
  }

  private static TaskPlan plan(
      StartTaskRequest request, Cluster cluster, TaskDefinition definition) {
    LaunchRules.checkNetwork(definition, request.networkConfiguration());
    LaunchRules.checkVolumes(definition, request.volumeConfigurations());
    TaskOverride overrides = OverrideRules.checked(definition.definition(), request.overrides());
    LaunchRules.checkExecuteCommand(definition, overrides, request.enableExecuteCommand());
    return new TaskPlan(
        cluster,
        definition,
        overrides,
        "EC2",
        LaunchRules.group(request.group(), definition),
        request.startedBy(),
        null,
        TaskTags.of(
            cluster,
            definition,
            request.propagateTags(),
            request.tags(),
            request.enableECSManagedTags()),
        Boolean.TRUE.equals(request.enableExecuteCommand()),
        PlacementRules.ANY);
  }

  /** The launch type is the instance's. */
  private static TaskPlan on(TaskPlan plan, @Nullable ContainerInstance instance) {
    return instance == null ? plan : plan.withLaunchType(instance.launchType());
  }

  private static @Nullable String reason(
      TaskLauncher launcher, @Nullable ContainerInstance instance) {
    if (instance == null) {
      return "MISSING";
    }
    if (instance.isInactive()) {
      return "INACTIVE";
    }
    Obstacle obstacle = launcher.obstacle(instance);
    return obstacle == null ? null : obstacle.reason();
  }
}
