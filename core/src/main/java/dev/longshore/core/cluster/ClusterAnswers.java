package dev.longshore.core.cluster;

import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ClusterField;
import dev.longshore.shapes.ecs.LaunchType;
import java.util.List;

/** What the API shows of a cluster. */
final class ClusterAnswers {
  private ClusterAnswers() {}

  /**
   * The cluster as the API shows it.
   *
   * @param include the names of {@link ClusterField} asked for; the lists of the others are empty
   */
  static dev.longshore.shapes.ecs.Cluster of(View view, Cluster cluster, List<String> include) {
    boolean settings = include.contains(ClusterField.SETTINGS);
    boolean statistics = include.contains(ClusterField.STATISTICS);
    var answer =
        dev.longshore.shapes.ecs.Cluster.builder()
            .clusterArn(cluster.arn())
            .clusterName(cluster.name())
            .status(cluster.active() ? "ACTIVE" : "INACTIVE")
            .registeredContainerInstancesCount(instances(view, cluster))
            .runningTasksCount(tasks(view, cluster, TaskStatus.RUNNING))
            .pendingTasksCount(tasks(view, cluster, TaskStatus.PENDING))
            .activeServicesCount(activeServices(view, cluster))
            .statistics(statistics ? ClusterStatistics.of(view, cluster) : List.of())
            .tags(include.contains(ClusterField.TAGS) ? cluster.tags() : List.of())
            .settings(settings ? cluster.settings() : List.of())
            .capacityProviders(cluster.capacityProviders())
            .defaultCapacityProviderStrategy(cluster.defaultCapacityProviderStrategy())
            .serviceConnectDefaults(cluster.serviceConnectDefaults());
    if (include.contains(ClusterField.CONFIGURATIONS)) {
      answer.configuration(cluster.configuration());
    }
    if (include.contains(ClusterField.ATTACHMENTS)) {
      // FARGATE and FARGATE_SPOT, unlike groups of instances, attach nothing to a cluster.
      answer.attachments(List.of());
    }
    return answer.build();
  }

  /** Instances that are ACTIVE or DRAINING. */
  static int instances(View view, Cluster cluster) {
    return view.count(ContainerInstance.BY_CLUSTER_STATUS, cluster.arn() + " ACTIVE")
        + view.count(ContainerInstance.BY_CLUSTER_STATUS, cluster.arn() + " DRAINING");
  }

  static int activeServices(View view, Cluster cluster) {
    return view.count(Service.BY_CLUSTER_STATUS, cluster.arn() + " ACTIVE");
  }

  /** Tasks with that last status. */
  static int tasks(View view, Cluster cluster, TaskStatus status) {
    int sum = 0;
    for (String launchType : LaunchType.VALUES) {
      sum += tasks(view, cluster, status, launchType);
    }
    return sum;
  }

  static int tasks(View view, Cluster cluster, TaskStatus status, String launchType) {
    return view.count(Task.BY_CLUSTER_LAST, cluster.arn() + ' ' + launchType + ' ' + status.name());
  }
}
