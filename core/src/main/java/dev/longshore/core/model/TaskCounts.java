package dev.longshore.core.model;

/**
 * How many tasks of a deployment stand where, so that nobody has to walk them. A task is wanted
 * while its desired status is RUNNING, and checked if an essential container has a health check.
 *
 * @param live last status before STOPPED
 * @param present last status before STOPPING
 * @param pending last status before RUNNING
 * @param running last status RUNNING
 * @param wanted desired status RUNNING
 * @param starting wanted, last status before RUNNING
 * @param unchecked wanted, RUNNING, without a check
 * @param healthy wanted, RUNNING and its checks passed
 * @param failed stopped before they ever ran, by no one's wish; STOPPED ones, while they are kept
 * @param proven once ran and, if checked, were found healthy; STOPPED ones too
 */
public record TaskCounts(
    int live,
    int present,
    int pending,
    int running,
    int wanted,
    int starting,
    int unchecked,
    int healthy,
    int failed,
    int proven) {
  /** No tasks. */
  public static final TaskCounts NONE = new TaskCounts(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  static TaskCounts of(Task task) {
    TaskStatus last = task.lastStatus();
    boolean wanted = task.isWanted();
    boolean checked = task.isChecked();
    boolean healthy = task.isFoundHealthy();
    boolean runs = last == TaskStatus.RUNNING;
    boolean ran = task.timeline().startedAt() != null;
    return new TaskCounts(
        one(last != TaskStatus.STOPPED),
        one(TaskStatus.STOPPING.isAfter(last)),
        one(TaskStatus.RUNNING.isAfter(last)),
        one(runs),
        one(wanted),
        one(wanted && TaskStatus.RUNNING.isAfter(last)),
        one(wanted && runs && !checked),
        one(wanted && runs && checked && healthy),
        one(task.failedToStart()),
        one(ran && (!checked || healthy)));
  }

  private static int one(boolean counts) {
    return counts ? 1 : 0;
  }

  /** Both together. */
  public TaskCounts plus(TaskCounts more) {
    return new TaskCounts(
        live + more.live,
        present + more.present,
        pending + more.pending,
        running + more.running,
        wanted + more.wanted,
        starting + more.starting,
        unchecked + more.unchecked,
        healthy + more.healthy,
        failed + more.failed,
        proven + more.proven);
  }

  TaskCounts minus(TaskCounts less) {
    return new TaskCounts(
        live - less.live,
        present - less.present,
        pending - less.pending,
        running - less.running,
        wanted - less.wanted,
        starting - less.starting,
        unchecked - less.unchecked,
        healthy - less.healthy,
        failed - less.failed,
        proven - less.proven);
  }
}
