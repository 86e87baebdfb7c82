package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.RunTaskToken;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.placement.Refusal;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LaunchType;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Places and starts up to ten tasks. What cannot be placed becomes a failure of the answer, one per
 * task and examined instance; tasks that were placed stay.
 */
public final class RunTask implements Command<RunTaskRequest, RunTaskResponse> {
  private static final int MAX_COUNT = 10;
  private static final int MAX_STARTED_BY = 128;

  /** Failures name no more instances than that, lest one call to a full cluster fill an answer. */
  private static final int MAX_EXPLAINED = 100;

  @Override
  public RunTaskResponse decide(Draft draft, RunTaskRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    String token = Given.text(request.clientToken());
    if (token.isEmpty()) {
      return started(draft, request, context);
    }
    RunTaskTokens.check(token);
    RunTaskToken first = RunTaskTokens.living(draft, cluster.arn(), token, context.now());
    if (first != null) {
      return RunTaskTokens.repeated(draft, first, request);
    }
    RunTaskResponse response = started(draft, request, context);
    draft.put(RunTaskToken.KIND, token(cluster, token, request, response, context));
    return response;
  }

  private static RunTaskToken token(
      Cluster cluster,
      String token,
      RunTaskRequest request,
      RunTaskResponse response,
      Context context) {
    List<String> arns =
        Given.list(response.tasks()).stream().map(task -> Given.text(task.taskArn())).toList();
    int count = request.count() == null ? 1 : request.count();
    return new RunTaskToken(
        cluster.arn(),
        token,
        RunTaskTokens.digest(request),
        arns,
        onePerTask(Given.list(response.failures()), count - arns.size()),
        context.now());
  }

  /** Of the failures, which name the same instances for each missing task, the closest ones. */
  private static List<Failure> onePerTask(List<Failure> failures, int missing) {
    List<Failure> kept = new ArrayList<>();
    for (int at = 0; at < missing; at++) {
      kept.add(failures.get(at * (failures.size() / missing)));
    }
    return List.copyOf(kept);
  }

  private static RunTaskResponse started(Draft draft, RunTaskRequest request, Context context) {
    int count = request.count() == null ? 1 : request.count();
    if (count < 1 || count > MAX_COUNT) {
      throw new InvalidParameterException("count must be between 1 and 10.");
    }
    TaskPlan plan = plan(draft, request, context);
    return plan.launchType().equals(LaunchType.FARGATE)
        ? new RunTaskResponse(List.of(), noFargate(count))
        : launched(draft, plan, count, context);
  }

  /** The tasks that a request asks for, checked but for how many they are. */
  static TaskPlan plan(View view, RunTaskRequest request, Context context) {
    LaunchRules.checkStartedBy(request.startedBy(), MAX_STARTED_BY);
    Cluster cluster = Clusters.find(view, context, request.cluster());
    String launchType = LaunchTypes.of(cluster, request);
    TaskDefinition definition =
        TaskDefinitions.findActive(
            view, context, request.taskDefinition(), InvalidParameterException::new);
    return plan(request, cluster, definition, launchType);
  }

  private static TaskPlan plan(
      RunTaskRequest request, Cluster cluster, TaskDefinition definition, String launchType) {
    LaunchRules.checkLaunchType(definition, launchType);
    LaunchRules.checkNetwork(definition, request.networkConfiguration());
    LaunchRules.checkVolumes(definition, request.volumeConfigurations());
    TaskOverride overrides = OverrideRules.checked(definition.definition(), request.overrides());
    LaunchRules.checkExecuteCommand(definition, overrides, request.enableExecuteCommand());
    PlacementRules rules =
        PlacementRules.of(
            definition.definition().placementConstraints(),
            request.placementConstraints(),
            request.placementStrategy());
    return new TaskPlan(
        cluster,
        definition,
        overrides,
        launchType,
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
        rules);
  }

  private static RunTaskResponse launched(Draft draft, TaskPlan plan, int count, Context context) {
    TaskLauncher launcher = new TaskLauncher(draft, plan, context);
    List<dev.longshore.shapes.ecs.Task> tasks = new ArrayList<>();
    while (tasks.size() < count) {
      Task task = launcher.launch();
      if (task == null) {
        return new RunTaskResponse(tasks, failures(launcher, tasks.size(), count));
      }
      tasks.add(TaskAnswers.of(draft, task, true));
    }
    return new RunTaskResponse(tasks, List.of());
  }

  /** The copies that are missing are alike: each fails for the reasons of the first. */
  private static List<Failure> failures(TaskLauncher launcher, int placed, int count) {
    List<Refusal> refusals = launcher.refusals(MAX_EXPLAINED);
    if (refusals.isEmpty() && placed == 0) {
      throw new InvalidParameterException("No Container Instances were found in your cluster.");
    }
    List<Failure> failures = new ArrayList<>();
    for (int missing = placed; missing < count; missing++) {
      for (Refusal refusal : refusals) {
        failures.add(
            Failure.builder()
                .arn(refusal.instance().arn())
                .reason(refusal.obstacle().reason())
                .build());
      }
    }
    return List.copyOf(failures);
  }

  private static List<Failure> noFargate(int count) {
    Failure failure =
        Failure.builder()
            .reason("RESOURCE:FARGATE")
            .detail("This control plane does not run tasks on Fargate yet.")
            .build();
    return Collections.nCopies(count, failure);
  }
}
