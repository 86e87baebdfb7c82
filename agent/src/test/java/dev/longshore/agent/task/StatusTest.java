package dev.longshore.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StatusTest {
  private static ContainerDraft container() {
    Bench bench = new Bench();
    bench.payload(Bench.task("a", Bench.container("c")));
    return new ContainerDraft(bench.container("a", "c"));
  }

  @Test
  void every_pair_of_container_statuses_moves_forward_only() {
    for (ContainerStatus from : ContainerStatus.values()) {
      for (ContainerStatus to : ContainerStatus.values()) {
        ContainerDraft container = container();
        container.known = from;
        boolean moved = container.reach(to);
        assertThat(moved).as("%s to %s", from, to).isEqualTo(to.compareTo(from) > 0);
        assertThat(container.known).isEqualTo(moved ? to : from);
      }
    }
  }

  @Test
  void every_pair_of_container_statuses_gives_the_task_the_slower_one() {
    for (ContainerStatus first : ContainerStatus.values()) {
      for (ContainerStatus second : ContainerStatus.values()) {
        for (TaskStatus known : TaskStatus.values()) {
          assertTaskFollows(first, second, known);
        }
      }
    }
  }

  private static void assertTaskFollows(
      ContainerStatus first, ContainerStatus second, TaskStatus known) {
    Bench bench = new Bench();
    bench.payload(Bench.task("a", Bench.sidecar("c"), Bench.sidecar("d")));
    TaskDraft task = new TaskDraft(bench.row("a"));
    task.containers.get(0).known = first;
    task.containers.get(1).known = second;
    task.known = known;
    Turn turn =
        new Turn(
            Bench.SETTINGS, Bench.seeded(1), bench.now, bench.engine.tasks(), InstanceRow.fresh());
    Reports.settle(turn, task);
    ContainerStatus slower = first.atLeast(second) ? second : first;
    TaskStatus expected = slower.task().compareTo(known) > 0 ? slower.task() : known;
    assertThat(task.known).as("%s, %s from %s", first, second, known).isEqualTo(expected);
    boolean told =
        task.known != known
            && (task.known == TaskStatus.RUNNING || task.known == TaskStatus.STOPPED);
    assertThat(task.outbox).hasSize(told ? 1 : 0);
  }

  @Test
  void everything_before_running_is_pending_to_the_control_plane() {
    for (ContainerStatus status : ContainerStatus.values()) {
      assertThat(status.reported())
          .isEqualTo(
              switch (status) {
                case RUNNING -> "RUNNING";
                case STOPPED -> "STOPPED";
                default -> "PENDING";
              });
    }
    for (TaskStatus status : TaskStatus.values()) {
      assertThat(status.reported())
          .isEqualTo(
              switch (status) {
                case RUNNING -> "RUNNING";
                case STOPPED -> "STOPPED";
                default -> "PENDING";
              });
    }
  }
}
