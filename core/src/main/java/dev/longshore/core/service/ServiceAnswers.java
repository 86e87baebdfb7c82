package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.List;

/** What the API shows of a service. */
final class ServiceAnswers {
  private ServiceAnswers() {}

  static dev.longshore.shapes.ecs.Service service(View view, Service row, boolean withTags) {
    List<dev.longshore.shapes.ecs.Deployment> deployments = new ArrayList<>();
    TaskCounts all = TaskCounts.NONE;
    for (Deployment deployment : row.deployments()) {
      TaskCounts counts = view.total(Task.COUNTS, deployment.id());
      deployments.add(deployment(row, deployment, counts));
      all = all.plus(counts);
    }
    return row.specification().toBuilder()
        .status(row.status())
        .desiredCount(row.desiredCount())
        .runningCount(all.running())
        .pendingCount(all.pending())
        .deployments(deployments)
        .events(events(view, row))
        .tags(withTags ? row.tags() : null)
        .createdAt(row.createdAt())
        .createdBy(row.createdBy())
        .build();
  }

  /** The newest deployment is to have all desired tasks, an older one what is left of it. */
  private static dev.longshore.shapes.ecs.Deployment deployment(
      Service row, Deployment deployment, TaskCounts counts) {
    boolean newest = deployment.status().equals(Deployment.PRIMARY);
    return dev.longshore.shapes.ecs.Deployment.builder()
        .id(deployment.id())
        .status(deployment.status())
        .taskDefinition(deployment.taskDefinitionArn())
        .desiredCount(newest ? row.desiredCount() : counts.wanted())
        .pendingCount(counts.pending())
        .runningCount(counts.running())
        .failedTasks(deployment.failedTasks())
        .createdAt(deployment.createdAt())
        .updatedAt(deployment.updatedAt())
        .launchType(row.specification().launchType())
        .rolloutState(deployment.rolloutState())
        .rolloutStateReason(deployment.rolloutStateReason())
        .build();
  }

  private static List<dev.longshore.shapes.ecs.ServiceEvent> events(View view, Service row) {
    List<dev.longshore.shapes.ecs.ServiceEvent> events = new ArrayList<>();
    for (ServiceEvent event : view.by(ServiceEvent.BY_SERVICE, row.arn())) {
      events.add(
          dev.longshore.shapes.ecs.ServiceEvent.builder()
              .id(event.id())
              .createdAt(event.createdAt())
              .message(event.message())
              .build());
    }
    return events.reversed();
  }
}
