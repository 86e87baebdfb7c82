package dev.longshore.core.task;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.core.placement.Company;
import dev.longshore.core.state.View;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Counts the tasks of a group by instance.
 *
 * <p>Ranking asks about every instance of the cluster: then the group is walked once and counted.
 * Where only a few instances are asked about, the tasks of each are walked instead, since a group
 * may be far larger than what stands on an instance.
 */
final class GroupCompany implements Company {
  private final View view;
  private final String clusterArn;
  private final String group;
  private final boolean ranking;
  private @Nullable Map<String, Integer> counts;

  GroupCompany(View view, String clusterArn, String group, boolean ranking) {
    this.view = view;
    this.clusterArn = clusterArn;
    this.group = group;
    this.ranking = ranking;
  }

  @Override
  public int tasksOn(ContainerInstance instance) {
    if (ranking) {
      if (counts == null) {
        counts = counted();
      }
      return counts.getOrDefault(instance.arn(), 0);
    }
    if (view.count(Task.WANTED_IN_GROUP, bucket()) == 0) {
      return 0;
    }
    int count = 0;
    for (Task task : view.by(Task.ON_INSTANCE, instance.arn())) {
      if (!task.stopping() && task.group().equals(group)) {
        count++;
      }
    }
    return count;
  }

  private Map<String, Integer> counted() {
    Map<String, Integer> counted = new LinkedHashMap<>();
    for (Task task : view.by(Task.WANTED_IN_GROUP, bucket())) {
      if (task.containerInstanceArn() != null) {
        counted.merge(task.containerInstanceArn(), 1, Integer::sum);
      }
    }
    return counted;
  }

  /** Keeps the count true after a task of the group was put on the instance. */
  void joined(ContainerInstance instance) {
    if (counts != null) {
      counts.merge(instance.arn(), 1, Integer::sum);
    }
  }

  private String bucket() {
    return clusterArn + ' ' + group;
  }
}
