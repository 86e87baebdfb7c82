package dev.longshore.core.cluster;

import dev.longshore.core.capacity.CapacityProviders;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.CapacityProviderStrategyItem;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.LaunchType;
import java.util.ArrayList;
import java.util.List;

/** The counters of a cluster split by launch type, as the field STATISTICS shows them. */
final class ClusterStatistics {
  private static final List<LaunchTypeName> LAUNCH_TYPES =
      List.of(
          new LaunchTypeName(LaunchType.EC2, "EC2"),
          new LaunchTypeName(LaunchType.FARGATE, "Fargate"),
          new LaunchTypeName(LaunchType.EXTERNAL, "External"));

  private record LaunchTypeName(String launchType, String inNames) {}

  private ClusterStatistics() {}

  static List<KeyValuePair> of(View view, Cluster cluster) {
    List<KeyValuePair> all = new ArrayList<>();
    for (LaunchTypeName type : LAUNCH_TYPES) {
      String name = type.inNames();
      add(all, "running" + name + "TasksCount", tasks(view, cluster, TaskStatus.RUNNING, type));
      add(all, "pending" + name + "TasksCount", tasks(view, cluster, TaskStatus.PENDING, type));
      add(all, "active" + name + "ServiceCount", services(view, cluster, "ACTIVE", type));
      add(all, "draining" + name + "ServiceCount", services(view, cluster, "DRAINING", type));
    }
    return all;
  }

  private static void add(List<KeyValuePair> all, String name, int count) {
    all.add(new KeyValuePair(name, Integer.toString(count)));
  }

  private static int tasks(View view, Cluster cluster, TaskStatus status, LaunchTypeName type) {
    return ClusterAnswers.tasks(view, cluster, status, type.launchType());
  }

  private static int services(View view, Cluster cluster, String status, LaunchTypeName type) {
    int count = 0;
    for (Service service : view.by(Service.BY_CLUSTER_STATUS, cluster.arn() + ' ' + status)) {
      if (launchType(service).equals(type.launchType())) {
        count++;
      }
    }
    return count;
  }

  private static String launchType(Service service) {
    String given = service.specification().launchType();
    if (given != null) {
      return given;
    }
    List<CapacityProviderStrategyItem> strategy =
        service.specification().capacityProviderStrategy();
    boolean fargate =
        strategy != null
            && strategy.stream()
                .anyMatch(item -> CapacityProviders.isFargate(item.capacityProvider()));
    return fargate ? LaunchType.FARGATE : LaunchType.EC2;
  }
}
