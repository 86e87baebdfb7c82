package dev.longshore.agent.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What an agent that starts again makes of work that was under way when it died. */
class ResumptionTest {
  private final Bench bench = new Bench();

  private void resume(@Nullable ContainerView view) {
    bench.restart();
    bench.step(new Event.Resumed(List.of(new Event.Found(Bench.arn("t"), "app", view))));
  }

  private ContainerView created() {
    return new Bench.View(Bench.dockerId("t", "app")).build();
  }

  private void beginToStart() {
    bench.payload(Bench.task("t", Bench.container("app")));
    bench.resolve("t", "app");
    bench.pull("t", "app");
    bench.create("t", "app");
    assertThat(bench.asked(Effect.StartContainer.class)).hasSize(1);
  }

  /** Found by the simulation of the whole system (seed 20075 of its first version). */
  @Test
  void a_stop_does_not_count_as_done_while_a_start_of_before_may_still_come_through() {
    beginToStart();
    bench.payload(Bench.stop("t"));
    resume(created());
    assertThat(bench.row("t").known()).isNotEqualTo(TaskStatus.STOPPED);
    assertThat(bench.asked(Effect.StartContainer.class)).hasSize(1);
    bench.start("t", "app");
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(1);
    assertThat(bench.row("t").known()).isNotEqualTo(TaskStatus.STOPPED);
    bench.exit("t", "app", 143);
    assertThat(bench.row("t").known()).isEqualTo(TaskStatus.STOPPED);
  }

  @Test
  void a_start_that_was_under_way_is_asked_for_once_more_and_not_twice() {
    beginToStart();
    resume(created());
    assertThat(bench.asked(Effect.StartContainer.class)).hasSize(1);
    bench.start("t", "app");
    assertThat(bench.row("t").known()).isEqualTo(TaskStatus.RUNNING);
  }

  @Test
  void a_start_that_came_through_meanwhile_is_not_asked_for_again() {
    beginToStart();
    bench.payload(Bench.stop("t"));
    resume(bench.running("t", "app"));
    assertThat(bench.asked(Effect.StartContainer.class)).isEmpty();
    assertThat(bench.asked(Effect.StopContainer.class)).hasSize(1);
  }

  @Test
  void a_container_that_vanished_meanwhile_is_not_started() {
    beginToStart();
    bench.payload(Bench.stop("t"));
    resume(null);
    assertThat(bench.asked(Effect.StartContainer.class)).isEmpty();
    assertThat(bench.row("t").known()).isEqualTo(TaskStatus.STOPPED);
  }

  /** Found by the simulation of the whole system (seed 20075 of its second version). */
  @Test
  void an_exit_is_not_the_end_while_a_second_start_is_not_answered() {
    beginToStart();
    resume(created());
    ContainerView ended = bench.exited("t", "app", 1);
    bench.step(new Event.Observed(Bench.arn("t"), "app", ended));
    assertThat(bench.row("t").known()).isNotEqualTo(TaskStatus.STOPPED);
    bench.step(new Event.ContainerStarted(Bench.arn("t"), "app", ended));
    assertThat(bench.row("t").known()).isEqualTo(TaskStatus.STOPPED);
    assertThat(bench.container("t", "app").exitCode()).isEqualTo(1);
  }
}
