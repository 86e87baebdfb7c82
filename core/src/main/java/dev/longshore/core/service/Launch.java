package dev.longshore.core.service;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Context;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.placement.Refusal;
import dev.longshore.core.state.Draft;
import dev.longshore.core.task.TaskLauncher;
import dev.longshore.core.task.TaskPlan;
import dev.longshore.core.task.TaskTags;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.PropagateTags;
import dev.longshore.shapes.ecs.SchedulingStrategy;
import dev.longshore.shapes.ecs.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Starts tasks of one of a service's deployments. */
final class Launch {
  private static final String NO_INSTANCE =
      "was unable to place a task because no container instance met all of its requirements. ";
  private static final String MORE =
      " For more information, see the Troubleshooting section of the Amazon ECS Developer Guide.";

  private final Draft draft;
  private final Service service;
  private final Deployment deployment;
  private final ServiceEvents events;
  private final Problems problems;
  private final Context context;

  Launch(
      Draft draft,
      Service service,
      Deployment deployment,
      ServiceEvents events,
      Problems problems,
      Context context) {
    this.draft = draft;
    this.service = service;
    this.deployment = deployment;
    this.events = events;
    this.problems = problems;
    this.context = context;
  }

  /** Starts as many of {@code count} tasks as there is room for, and tells what is in the way. */
  void anywhere(int count) {
    TaskLauncher launcher = launcher();
    if (launcher == null) {
      return;
    }
    List<Task> started = new ArrayList<>();
    Task task = launcher.launch();
    while (task != null) {
      started.add(task);
      task = started.size() < count ? launcher.launch() : null;
    }
    events.started(started);
    if (started.size() < count) {
      reportNoRoom(launcher.refusals(1), problems);
    }
  }

  /** Starts tasks of a daemon where they are missing, and tells what is in the way of one. */
  void onPosts(int count, Daemon daemon) {
    TaskLauncher launcher = launcher();
    if (launcher == null) {
      return;
    }
    List<Task> started = new ArrayList<>();
    for (String arn : List.copyOf(daemon.posts().vacant())) {
      if (started.size() == count) {
        break;
      }
      ContainerInstance instance =
          Objects.requireNonNull(draft.find(ContainerInstance.KIND, arn), arn);
      Task task = launcher.launchAt(daemon.posts(), instance);
      if (task != null) {
        started.add(task);
      }
    }
    events.started(started);
    List<Refusal> refusals = daemon.refusals();
    if (!refusals.isEmpty()) {
      reportNoRoom(refusals, problems);
    }
  }

  /** Starts up to so many tasks in a zone, for another reason than that they are missing. */
  List<Task> inZone(int count, String zone) {
    TaskLauncher launcher = launcher(zone);
    List<Task> started = new ArrayList<>();
    Task task = launcher == null ? null : launcher.launch();
    while (launcher != null && task != null) {
      started.add(task);
      task = started.size() < count ? launcher.launch() : null;
    }
    return started;
  }

  /** How many of the service's tasks stand in each zone to which one more could go. */
  SortedMap<String, Integer> zones() {
    TaskLauncher launcher = launcher();
    return launcher == null ? new TreeMap<>() : launcher.spread(Rebalancing.ZONE);
  }

  private @Nullable TaskLauncher launcher() {
    return launcher("");
  }

  /** For instances of a zone; empty: of any. */
  private @Nullable TaskLauncher launcher(String zone) {
    Cluster cluster = draft.find(Cluster.KIND, service.clusterArn());
    TaskDefinition definition = TaskDefinitions.row(draft, deployment.taskDefinitionArn());
    if (cluster == null || definition == null) {
      problems.report(
          ServiceProblem.Kind.DEFINITION,
          deployment.taskDefinitionArn(),
          "failed to launch a task with (error TaskDefinition not found.).",
          ServiceAction.configurationFailure("TaskDefinition not found."));
      return null;
    }
    Map<String, String> digests = Revisions.digests(draft, service, deployment);
    TaskPlan plan = plan(service, deployment, cluster, definition).withDigests(digests);
    if (!zone.isEmpty()) {
      plan = plan.within("attribute:" + Rebalancing.ZONE + " == " + zone);
    }
    return new TaskLauncher(draft, plan, context);
  }

  /** The tasks of one of its deployments. */
  static TaskPlan plan(
      Service service, Deployment deployment, Cluster cluster, TaskDefinition definition) {
    dev.longshore.shapes.ecs.Service specification = service.specification();
    return new TaskPlan(
        cluster,
        definition,
        null,
        Objects.requireNonNull(specification.launchType()),
        "service:" + service.name(),
        deployment.id(),
        service.arn(),
        tags(service, cluster, definition),
        Boolean.TRUE.equals(specification.enableExecuteCommand()),
        rules(specification, definition));
  }

  /** Where a service's tasks may go, and where rather. */
  static PlacementRules rules(
      dev.longshore.shapes.ecs.Service specification, TaskDefinition definition) {
    List<PlacementStrategy> strategies = specification.placementStrategy();
    PlacementRules rules =
        PlacementRules.of(
            definition.definition().placementConstraints(),
            specification.placementConstraints(),
            strategies);
    boolean daemon = SchedulingStrategy.DAEMON.equals(specification.schedulingStrategy());
    return daemon || (strategies != null && !strategies.isEmpty()) ? rules : rules.orEven();
  }

  private static List<Tag> tags(Service service, Cluster cluster, TaskDefinition definition) {
    dev.longshore.shapes.ecs.Service specification = service.specification();
    List<Tag> propagated =
        switch (Objects.requireNonNullElse(specification.propagateTags(), PropagateTags.NONE)) {
          case PropagateTags.SERVICE -> service.tags();
          case PropagateTags.TASK_DEFINITION -> definition.tags();
          default -> List.of();
        };
    return Boolean.TRUE.equals(specification.enableECSManagedTags())
        ? TaskTags.managed(propagated, cluster.name(), service.name())
        : propagated;
  }

  private static void reportNoRoom(List<Refusal> closest, Problems problems) {
    if (closest.isEmpty()) {
      problems.report(
          ServiceProblem.Kind.PLACEMENT,
          "NO INSTANCES",
          NO_INSTANCE + "Reason: No Container Instances were found in your cluster." + MORE,
          ServiceAction.placementFailure("NO ACTIVE INSTANCES", List.of()));
      return;
    }
    Refusal refusal = closest.getFirst();
    problems.report(
        ServiceProblem.Kind.PLACEMENT,
        refusal.obstacle().reason(),
        NO_INSTANCE
            + "The closest matching (container-instance "
            + refusal.instance().id()
            + ") "
            + lack(refusal)
            + MORE,
        ServiceAction.placementFailure(
            refusal.obstacle().reason(), List.of(refusal.instance().arn())));
  }

  private static String lack(Refusal refusal) {
    return switch (refusal.obstacle()) {
      case CPU -> "has insufficient CPU units available.";
      case MEMORY -> "has insufficient memory available.";
      case PORTS -> "is already using a port required by your task.";
      case ATTRIBUTE -> "is missing an attribute required by your task.";
      case STATUS, LAUNCH_TYPE, AGENT, GPU, NETWORK_INTERFACE, MEMBER_OF, DISTINCT_INSTANCE ->
          "encountered error \"" + refusal.obstacle().reason() + "\".";
    };
  }
}
