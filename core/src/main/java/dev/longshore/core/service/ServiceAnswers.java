package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceEvent;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ServiceCurrentRevisionSummary;
import java.util.ArrayList;
import java.util.List;

/** What the API shows of a service. */
final class ServiceAnswers {
  private ServiceAnswers() {}

  static dev.longshore.shapes.ecs.Service service(View view, Service row, boolean withTags) {
    List<dev.longshore.shapes.ecs.Deployment> deployments = new ArrayList<>();
    List<ServiceCurrentRevisionSummary> revisions = new ArrayList<>();
    TaskCounts all = TaskCounts.NONE;
    for (Deployment deployment : row.deployments()) {
      TaskCounts counts = view.total(Task.COUNTS, deployment.id());
      if (isShown(deployment, counts)) {
        deployments.add(deployment(row, deployment, counts));
        revisions.add(revision(row, deployment, counts));
      }
      all = all.plus(counts);
    }
    for (TaskSet taskSet : TaskSets.of(view, row)) {
      all = all.plus(view.total(Task.COUNTS, taskSet.id()));
    }
    return row.specification().toBuilder()
        .status(row.status())
        .desiredCount(row.desiredCount())
        .runningCount(all.running())
        .pendingCount(all.pending())
        .deployments(deployments)
        .taskSets(row.hasTaskSets() ? TaskSets.answers(view, row) : null)
        .currentServiceDeployment(row.currentServiceDeployment())
        .currentServiceRevisions(revisions)
        .events(events(view, row))
        .tags(withTags ? row.tags() : null)
        .createdAt(row.createdAt())
        .createdBy(row.createdBy())
        .build();
  }

  /** A deployment that is only kept as one to go back to is not shown. */
  private static boolean isShown(Deployment deployment, TaskCounts counts) {
    return deployment.status().equals(Deployment.PRIMARY) || counts.live() > 0;
  }

  private static ServiceCurrentRevisionSummary revision(
      Service row, Deployment deployment, TaskCounts counts) {
    return ServiceCurrentRevisionSummary.builder()
        .arn(ServiceRevision.arnOf(row.arn(), deployment.id()))
        .requestedTaskCount(requested(row, deployment, counts))
        .runningTaskCount(counts.running())
        .pendingTaskCount(counts.pending())
        .build();
  }

  /** The newest deployment is to have all desired tasks, an older one what is left of it. */
  static int requested(Service row, Deployment deployment, TaskCounts counts) {
    return deployment.status().equals(Deployment.PRIMARY)
        ? row.desiredCount()
        : Math.max(deployment.desiredCount(), counts.wanted());
  }

  private static dev.longshore.shapes.ecs.Deployment deployment(
      Service row, Deployment deployment, TaskCounts counts) {
    return dev.longshore.shapes.ecs.Deployment.builder()
        .id(deployment.id())
        .status(deployment.status())
        .taskDefinition(deployment.taskDefinitionArn())
        .desiredCount(requested(row, deployment, counts))
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
