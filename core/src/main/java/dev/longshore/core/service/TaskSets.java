package dev.longshore.core.service;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Scale;
import dev.longshore.shapes.ecs.ScaleUnit;
import dev.longshore.shapes.ecs.ServiceNotActiveException;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import dev.longshore.shapes.ecs.StabilityStatus;
import dev.longshore.shapes.ecs.TaskSetNotFoundException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the task sets that requests mean, and shows them. */
final class TaskSets {
  private static final double MOST_PERCENT = 100;

  /** All that the service desires. */
  static final Scale WHOLE = Scale.builder().value(MOST_PERCENT).unit(ScaleUnit.PERCENT).build();

  private TaskSets() {}

  /** A service's task sets, the oldest first. */
  static List<TaskSet> of(View view, Service service) {
    List<TaskSet> all = new ArrayList<>();
    if (service.hasTaskSets()) {
      view.by(TaskSet.BY_SERVICE, service.arn()).forEach(all::add);
      all.sort(Comparator.comparing(TaskSet::createdAt).thenComparing(TaskSet::arn));
    }
    return all;
  }

  /** The one that counts as the service's present revision; null: none was made it yet. */
  static @Nullable TaskSet primary(View view, Service service) {
    for (TaskSet taskSet : of(view, service)) {
      if (taskSet.isPrimary()) {
        return taskSet;
      }
    }
    return null;
  }

  /**
   * An active service whose tasks are those of task sets.
   *
   * @throws ServiceNotFoundException the cluster has no such service
   * @throws ServiceNotActiveException it is deleted
   * @throws InvalidParameterException ECS itself controls its deployments
   */
  static Service service(View view, Context context, String clusterName, String nameOrArn) {
    Cluster cluster = Clusters.find(view, context, clusterName);
    Service service = Services.get(view, context.place(), cluster, nameOrArn);
    if (!service.isActive()) {
      throw new ServiceNotActiveException("Service was not ACTIVE.");
    }
    if (!service.hasTaskSets()) {
      throw new InvalidParameterException(
          "Amazon ECS only supports task set management on services configured to use external"
              + " deployment controllers.");
    }
    return service;
  }

  /** The service's task set with that id or ARN; null: it has none. */
  static @Nullable TaskSet find(View view, Service service, String idOrArn) {
    String arn = Arn.isMeant(idOrArn) ? idOrArn : TaskSet.arnOf(service.arn(), idOrArn);
    TaskSet found = view.find(TaskSet.KIND, arn);
    return found != null && found.serviceArn().equals(service.arn()) ? found : null;
  }

  /**
   * The service's task set with that id or ARN, which is not being deleted.
   *
   * @throws TaskSetNotFoundException there is none
   * @throws InvalidParameterException it is being deleted
   */
  static TaskSet live(View view, Service service, String idOrArn) {
    TaskSet found = get(view, service, idOrArn);
    if (found.isDraining()) {
      throw new InvalidParameterException("The task set is DRAINING and cannot be changed.");
    }
    return found;
  }

  /**
   * The service's task set with that id or ARN.
   *
   * @throws TaskSetNotFoundException there is none
   */
  static TaskSet get(View view, Service service, String idOrArn) {
    TaskSet found = find(view, service, idOrArn);
    if (found == null) {
      throw new TaskSetNotFoundException("The specified task set was not found.");
    }
    return found;
  }

  /**
   * A scale with its unit; what is not given is 0 percent.
   *
   * @throws InvalidParameterException it is not between 0 and 100 percent
   */
  static Scale scale(@Nullable Scale given) {
    double value = given == null || given.value() == null ? 0 : given.value();
    if (!(value >= 0 && value <= MOST_PERCENT)) {
      throw new InvalidParameterException("The scale value must be between 0 and 100.");
    }
    if (given != null && given.unit() != null && !ScaleUnit.VALUES.contains(given.unit())) {
      throw new InvalidParameterException(
          "The scale unit should be one of [" + String.join(",", ScaleUnit.VALUES) + ']');
    }
    return Scale.builder().value(value).unit(ScaleUnit.PERCENT).build();
  }

  /** What the API shows of all of a service's task sets. */
  static List<dev.longshore.shapes.ecs.TaskSet> answers(View view, Service service) {
    List<dev.longshore.shapes.ecs.TaskSet> answers = new ArrayList<>();
    of(view, service).forEach(taskSet -> answers.add(answer(view, service, taskSet, false)));
    return answers;
  }

  static dev.longshore.shapes.ecs.TaskSet answer(
      View view, Service service, TaskSet row, boolean withTags) {
    TaskCounts counts = view.total(Task.COUNTS, row.id());
    return row.specification().toBuilder()
        .id(row.id())
        .taskSetArn(row.arn())
        .serviceArn(service.arn())
        .clusterArn(service.clusterArn())
        .status(row.status())
        .computedDesiredCount(row.computedDesiredCount(service.desiredCount()))
        .pendingCount(counts.pending())
        .runningCount(counts.running())
        .stabilityStatus(row.steady() ? StabilityStatus.STEADY_STATE : StabilityStatus.STABILIZING)
        .stabilityStatusAt(row.steadyAt())
        .createdAt(row.createdAt())
        .updatedAt(row.updatedAt())
        .tags(withTags ? row.tags() : null)
        .build();
  }

  /** The service's specification as its primary task set has it. */
  static dev.longshore.shapes.ecs.Service adopted(
      dev.longshore.shapes.ecs.Service specification, TaskSet primary) {
    dev.longshore.shapes.ecs.TaskSet set = primary.specification();
    return specification.toBuilder()
        .taskDefinition(Objects.requireNonNull(set.taskDefinition()))
        .launchType(set.launchType())
        .platformVersion(set.platformVersion())
        .networkConfiguration(set.networkConfiguration())
        .loadBalancers(Given.list(set.loadBalancers()))
        .build();
  }

  /** Removes all task sets of a service. */
  static void forget(Draft draft, Service service) {
    of(draft, service).forEach(taskSet -> draft.remove(TaskSet.KIND, taskSet.arn()));
  }
}
