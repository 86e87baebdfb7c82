package dev.longshore.core.service;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.placement.Obstacle;
import dev.longshore.core.placement.Posts;
import dev.longshore.core.placement.Refusal;
import dev.longshore.core.state.Draft;
import dev.longshore.core.task.Fleets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is different about a service of the strategy DAEMON: where its tasks belong, and which of
 * them are out of place. Costs what the instances cost that changed, those that drain and those
 * whose agents are away; not what all instances cost.
 */
final class Daemon {
  private final Draft draft;
  private final Service service;
  private final Posts posts;

  Daemon(Draft draft, Service service) {
    this.draft = draft;
    this.service = service;
    posts = Fleets.posts(draft, service);
  }

  Posts posts() {
    return posts;
  }

  /** How many tasks there ought to be. */
  int desired() {
    return posts.count();
  }

  /**
   * The tasks of the service that are on posts. What is elsewhere neither counts as healthy nor
   * takes room from others.
   */
  Muster muster(Health health) {
    Deployment primary = service.primary();
    TaskCounts newest = draft.total(Task.COUNTS, primary.id());
    Crew kept = health.of(draft, primary.id(), newest);
    Crew replaced = Crew.NONE;
    int live = newest.live();
    for (Deployment older : service.older()) {
      TaskCounts counts = draft.total(Task.COUNTS, older.id());
      live += counts.live();
      replaced = replaced.plus(health.of(draft, older.id(), counts));
    }
    Deployment fallback = service.fallback();
    Crew reserved = Crew.NONE;
    int away = 0;
    List<Task> strays = new ArrayList<>();
    for (String arn : strays()) {
      Task task = Objects.requireNonNull(draft.find(Task.KIND, arn));
      Crew one = health.of(task);
      if (primary.id().equals(task.deploymentId())) {
        kept = kept.minus(one);
        strays.add(task);
      } else {
        replaced = replaced.minus(one);
        boolean ofReserve = fallback != null && fallback.id().equals(task.deploymentId());
        reserved = ofReserve ? reserved.plus(one) : reserved;
      }
    }
    for (String arn : posts.absent()) {
      Task task = Objects.requireNonNull(draft.find(Task.KIND, arn));
      away += primary.id().equals(task.deploymentId()) ? 1 : 0;
    }
    Rollout.Reserve reserve = reserve(fallback, reserved);
    int elsewhere = live - posts.taken() - away;
    return new Muster(newest, posts.taken(), elsewhere, kept, replaced, reserve, strays, List.of());
  }

  private List<String> strays() {
    List<String> all = new ArrayList<>(posts.absent());
    all.addAll(posts.waiting());
    all.addAll(posts.relieved());
    all.addAll(posts.barred());
    return all;
  }

  /** The completed deployment behind the newest, as far as its tasks are on posts. */
  private Rollout.Reserve reserve(@Nullable Deployment fallback, Crew elsewhere) {
    if (fallback == null) {
      return Rollout.Reserve.NONE;
    }
    TaskCounts counts = draft.total(Task.COUNTS, fallback.id());
    return new Rollout.Reserve(
        counts.wanted() - elsewhere.wanted(),
        counts.starting() - elsewhere.starting(),
        fallback.desiredCount(),
        0);
  }

  /**
   * The tasks that have to go because of where they are: those that stand by themselves on draining
   * instances, and those whose instances do not meet the constraints any more.
   */
  List<Task> misplaced(ServiceEvents events, Victims victims) {
    List<Task> all = new ArrayList<>();
    for (String arn : posts.relieved()) {
      victims.addUnlessProtected(Objects.requireNonNull(draft.find(Task.KIND, arn)), all);
    }
    List<Task> barred = new ArrayList<>();
    for (String arn : posts.barred()) {
      victims.addUnlessProtected(Objects.requireNonNull(draft.find(Task.KIND, arn)), barred);
    }
    for (Task task : barred) {
      events.write(
          "(task "
              + task.id()
              + ") no longer meets the placement constraints of the service on (container-instance "
              + id(task)
              + ").",
          ServiceAction.constraintViolated(String.valueOf(task.containerInstanceArn())));
    }
    all.addAll(barred);
    return all;
  }

  private static String id(Task task) {
    String arn = String.valueOf(task.containerInstanceArn());
    return arn.substring(arn.lastIndexOf('/') + 1);
  }

  /** The instance that has no room for its task; empty: every one has. */
  List<Refusal> refusals() {
    String arn = posts.cramped();
    ContainerInstance instance = arn == null ? null : draft.find(ContainerInstance.KIND, arn);
    Obstacle obstacle = arn == null ? null : posts.obstacle(arn);
    return instance == null || obstacle == null
        ? List.of()
        : List.of(new Refusal(instance, obstacle));
  }
}
