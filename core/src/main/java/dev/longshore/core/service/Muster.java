package dev.longshore.core.service;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskCounts;
import dev.longshore.core.state.View;
import java.util.ArrayList;
import java.util.List;

/**
 * The tasks of an active service, mustered. Costs a few look-ups; only tasks on draining instances
 * and unhealthy ones are walked.
 *
 * @param newest where the tasks of the newest deployment stand
 * @param live tasks of all deployments that are not STOPPED; of a daemon, those on posts
 * @param elsewhere of a daemon, tasks that are not STOPPED and have yet to go from where they are
 * @param kept the wanted tasks of the newest deployment, but for those leaving
 * @param replaced the wanted tasks of older deployments, and those leaving
 * @param reserve the older deployment that was completed, among the replaced
 * @param leaving the wanted tasks of the newest deployment that are on draining instances
 * @param stranded those of the reserve
 */
record Muster(
    TaskCounts newest,
    int live,
    int elsewhere,
    Crew kept,
    Crew replaced,
    Rollout.Reserve reserve,
    List<Task> leaving,
    List<Task> stranded) {
  static Muster of(View view, Service service, Health health) {
    Deployment primary = service.primary();
    TaskCounts newest = view.total(Task.COUNTS, primary.id());
    int live = newest.live();
    Crew kept = health.of(view, primary.id(), newest);
    Crew replaced = Crew.NONE;
    Deployment fallback = service.fallback();
    Rollout.Reserve reserve = Rollout.Reserve.NONE;
    for (Deployment older : service.older()) {
      TaskCounts counts = view.total(Task.COUNTS, older.id());
      live += counts.live();
      replaced = replaced.plus(health.of(view, older.id(), counts));
      if (older.equals(fallback)) {
        reserve = new Rollout.Reserve(counts.wanted(), counts.starting(), older.desiredCount(), 0);
      }
    }
    List<Task> leaving = new ArrayList<>();
    List<Task> stranded = new ArrayList<>();
    leave(view, service, leaving, stranded);
    reserve = reserve.leaving(stranded.size());
    for (Task task : leaving) {
      Crew one = health.of(task);
      kept = kept.minus(one);
      replaced = replaced.plus(one);
    }
    return new Muster(newest, live, 0, kept, replaced, reserve, leaving, stranded);
  }

  private static void leave(View view, Service service, List<Task> newest, List<Task> stranded) {
    Deployment fallback = service.fallback();
    String reserve = fallback == null ? "" : fallback.id();
    String draining = service.clusterArn() + ' ' + ContainerInstance.DRAINING;
    for (ContainerInstance instance : view.by(ContainerInstance.BY_CLUSTER_STATUS, draining)) {
      for (Task task : view.by(Task.ON_INSTANCE, instance.arn())) {
        if (task.isWanted() && service.primary().id().equals(task.deploymentId())) {
          newest.add(task);
        } else if (task.isWanted() && reserve.equals(task.deploymentId())) {
          stranded.add(task);
        }
      }
    }
  }

  /** Whether there are exactly so many tasks as desired, all kept and healthy. */
  boolean isSteady(int desired) {
    return live == desired
        && elsewhere == 0
        && kept.wanted() == desired
        && kept.healthy() == desired;
  }
}
