package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.instance.ContainerInstances;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Arn;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Paging;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DesiredStatus;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ListTasksRequest;
import dev.longshore.shapes.ecs.ListTasksResponse;
import dev.longshore.shapes.ecs.ServiceNotFoundException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lists the ARNs of tasks, by default of those whose desired status is RUNNING. Walks the smallest
 * index that one of the filters offers, and checks the others row by row.
 */
public final class ListTasks implements Query<ListTasksRequest, ListTasksResponse> {
  private static final int PAGE = 100;

  /** The filters with names and ARNs resolved; null where a filter was not given. */
  private record Filter(
      String clusterArn,
      String desiredStatus,
      @Nullable String instanceArn,
      @Nullable String family,
      @Nullable String serviceArn,
      @Nullable String startedBy,
      @Nullable String launchType) {
    boolean matches(Task task) {
      return task.clusterArn().equals(clusterArn)
          && task.desiredStatus().equals(desiredStatus)
          && (instanceArn == null || instanceArn.equals(task.containerInstanceArn()))
          && (family == null || family.equals(familyOf(task)))
          && (serviceArn == null || serviceArn.equals(task.serviceArn()))
          && (startedBy == null || startedBy.equals(task.startedBy()))
          && (launchType == null || launchType.equals(task.launchType()));
    }

    private static String familyOf(Task task) {
      String arn = task.taskDefinitionArn();
      return arn.substring(arn.lastIndexOf('/') + 1, arn.lastIndexOf(':'));
    }
  }

  @Override
  public ListTasksResponse answer(View view, ListTasksRequest request, Context context) {
    Cluster cluster = Clusters.find(view, context, request.cluster());
    Paging paging = Paging.of("ListTasks", request.nextToken(), request.maxResults(), PAGE, PAGE);
    check(request);
    Filter filter = filter(view, request, context, cluster);
    // No task's desired status ever is PENDING, and no daemon exists yet that could have tasks.
    if (filter.desiredStatus().equals(DesiredStatus.PENDING) || request.daemonName() != null) {
      return new ListTasksResponse(List.of(), null);
    }
    Paging.Page<String> page =
        paging.page(
            rows(view, filter, paging.after()),
            Task::arn,
            task -> filter.matches(task) ? task.arn() : null);
    return new ListTasksResponse(page.items(), page.nextToken());
  }

  private static void check(ListTasksRequest request) {
    boolean others =
        request.containerInstance() != null
            || request.family() != null
            || request.serviceName() != null
            || request.launchType() != null
            || request.daemonName() != null;
    if (request.startedBy() != null && others) {
      throw new InvalidParameterException(
          "When you specify startedBy as the filter, it must be the only filter that you use.");
    }
    if (request.launchType() != null) {
      LaunchTypes.check(request.launchType());
    }
    String desired = request.desiredStatus();
    if (desired != null && !DesiredStatus.VALUES.contains(desired)) {
      throw new InvalidParameterException("desiredStatus should be one of " + DesiredStatus.VALUES);
    }
  }

  private static Filter filter(
      View view, ListTasksRequest request, Context context, Cluster cluster) {
    String instance = request.containerInstance();
    String service = request.serviceName();
    String desired = request.desiredStatus();
    return new Filter(
        cluster.arn(),
        desired == null ? DesiredStatus.RUNNING : desired,
        instance == null ? null : ContainerInstances.arn(context, cluster, instance),
        request.family(),
        service == null ? null : serviceArn(view, context, cluster, service),
        request.startedBy(),
        request.launchType());
  }

  private static String serviceArn(View view, Context context, Cluster cluster, String nameOrArn) {
    String arn =
        Arn.isMeant(nameOrArn)
            ? nameOrArn
            : context.place().ecs("service/" + cluster.name() + '/' + nameOrArn);
    Service service = view.find(Service.KIND, arn);
    if (service == null || !service.clusterArn().equals(cluster.arn())) {
      throw new ServiceNotFoundException("Service not found.");
    }
    return arn;
  }

  private static Iterable<Task> rows(View view, Filter filter, @Nullable String after) {
    if (filter.startedBy() != null) {
      return view.by(Task.BY_STARTER, filter.startedBy(), after);
    }
    if (filter.serviceArn() != null) {
      return view.by(Task.BY_SERVICE, filter.serviceArn(), after);
    }
    boolean running = filter.desiredStatus().equals(DesiredStatus.RUNNING);
    if (filter.instanceArn() != null && running) {
      return view.by(Task.ON_INSTANCE, filter.instanceArn(), after);
    }
    return view.by(
        Task.BY_CLUSTER_DESIRED, filter.clusterArn() + ' ' + filter.desiredStatus(), after);
  }
}
