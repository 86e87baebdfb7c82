package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.state.View;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tasks that a service has to stop. Protected ones are spared; among the others those go
 * first that are of the least use: not running, unhealthy, not yet known to be healthy.
 */
final class Victims {
  private static final int STARTING = 0;
  private static final int UNHEALTHY = 1;
  private static final int RUNNING = 2;
  private static final int HEALTHY = 3;

  private final View view;
  private final Service service;
  private final Muster muster;
  private final Health health;
  private final Instant now;
  private @Nullable Instant protectedUntil;

  Victims(View view, Service service, Muster muster, Health health, Instant now) {
    this.view = view;
    this.service = service;
    this.muster = muster;
    this.health = health;
    this.now = now;
  }

  /** When the first protection ends that saved a task; null: none did. */
  @Nullable Instant protectedUntil() {
    return protectedUntil;
  }

  /**
   * Tasks of older deployments or on draining instances; as few are walked as will do.
   *
   * @param spare besides hopeless ones, no more than that
   * @param sparing a deployment that keeps its tasks; null: none does
   * @param daemon decides by itself about tasks that are not on its posts; null: not a daemon
   */
  List<Task> replaced(int count, int spare, @Nullable Deployment sparing, @Nullable Daemon daemon) {
    if (count == 0) {
      return List.of();
    }
    boolean alike = muster.replaced().healthy() == muster.replaced().wanted();
    List<Task> found = new ArrayList<>();
    for (Deployment older : service.older()) {
      if (sparing != null && sparing.id().equals(older.id())) {
        continue;
      }
      for (Task task : view.by(Task.WANTED_OF_DEPLOYMENT, older.id())) {
        if (alike && found.size() == count) {
          return found;
        }
        if (daemon == null || !daemon.posts().isStray(task)) {
          addUnlessProtected(task, found);
        }
      }
    }
    if (daemon == null) {
      muster.leaving().forEach(task -> addUnlessProtected(task, found));
    }
    found.sort(Comparator.comparingInt(this::worth));
    return limited(found.subList(0, Math.min(count, found.size())), RUNNING, spare);
  }

  /**
   * Tasks on draining instances that stay in service for now, though not there.
   *
   * @param spare besides those that do not run or are unhealthy, no more than that
   */
  List<Task> relocated(List<Task> tasks, int spare) {
    List<Task> found = new ArrayList<>();
    tasks.forEach(task -> addUnlessProtected(task, found));
    found.sort(Comparator.comparingInt(this::worth));
    return limited(found, RUNNING, spare);
  }

  /**
   * Tasks of the newest deployment of which there are too many.
   *
   * @param spare no more healthy ones than that
   */
  List<Task> surplus(int count, int spare, IntUnaryOperator chance) {
    List<Task> wanted = new ArrayList<>();
    List<Task> candidates = new ArrayList<>();
    Set<String> leaving = new LinkedHashSet<>();
    muster.leaving().forEach(task -> leaving.add(task.arn()));
    for (Task task : view.by(Task.WANTED_OF_DEPLOYMENT, service.primary().id())) {
      wanted.add(task);
      if (!leaving.contains(task.arn())) {
        addUnlessProtected(task, candidates);
      }
    }
    ScaleIn scaleIn = new ScaleIn(view, wanted, rules().preferences(), chance);
    return limited(scaleIn.choose(candidates, this::worth, count), HEALTHY, spare);
  }

  /**
   * Leaves out tasks that may not go in the place of protected ones that were first in line.
   *
   * @param tasks those worth least first
   * @param most so many tasks of that worth or more
   */
  private List<Task> limited(List<Task> tasks, int worth, int most) {
    int below = 0;
    while (below < tasks.size() && worth(tasks.get(below)) < worth) {
      below++;
    }
    return tasks.subList(0, Math.min(tasks.size(), below + Math.max(0, most)));
  }

  /** How many of the tasks belong to that deployment and are no loss that it may make up for. */
  int replacedOf(Deployment deployment, List<Task> tasks) {
    int count = 0;
    for (Task task : tasks) {
      count += deployment.id().equals(task.deploymentId()) && !health.isUnhealthy(task) ? 1 : 0;
    }
    return count;
  }

  /** How many of the tasks count as healthy. */
  int healthy(List<Task> tasks) {
    int count = 0;
    for (Task task : tasks) {
      count += health.isHealthy(task) ? 1 : 0;
    }
    return count;
  }

  private PlacementRules rules() {
    TaskDefinition definition = TaskDefinitions.row(view, service.primary().taskDefinitionArn());
    return definition == null
        ? PlacementRules.ANY.orEven()
        : Launch.rules(service.specification(), definition);
  }

  /** Adds a task that may go, else remembers until when it may not. */
  void addUnlessProtected(Task task, List<Task> found) {
    Instant until = task.protectedUntil();
    if (until == null || !until.isAfter(now)) {
      found.add(task);
    } else if (protectedUntil == null || until.isBefore(protectedUntil)) {
      protectedUntil = until;
    }
  }

  private int worth(Task task) {
    if (Health.isStarting(task)) {
      return STARTING;
    }
    if (health.isUnhealthy(task)) {
      return UNHEALTHY;
    }
    return health.isHealthy(task) ? HEALTHY : RUNNING;
  }
}
