package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RolloutTest {
  @Test
  void the_minimum_is_rounded_up_and_the_maximum_down() {
    assertThat(HealthyBounds.of(7, 60, 130)).isEqualTo(new HealthyBounds(7, 5, 9));
    assertThat(HealthyBounds.of(3, 50, 100)).isEqualTo(new HealthyBounds(3, 2, 3));
    assertThat(HealthyBounds.of(10, 100, 110)).isEqualTo(new HealthyBounds(10, 10, 11));
    assertThat(HealthyBounds.of(2, 100, 125)).isEqualTo(new HealthyBounds(2, 2, 2));
    assertThat(HealthyBounds.of(1, 0, 100)).isEqualTo(new HealthyBounds(1, 0, 1));
    assertThat(HealthyBounds.of(0, 100, 200)).isEqualTo(new HealthyBounds(0, 0, 0));
  }

  @Test
  void huge_counts_do_not_overflow() {
    assertThat(HealthyBounds.of(2_000_000_000, 100, 1_000))
        .isEqualTo(new HealthyBounds(2_000_000_000, 2_000_000_000, Integer.MAX_VALUE));
  }

  @Test
  void a_task_that_is_stopping_is_replaced_at_once_where_there_is_room() {
    Crew two = new Crew(2, 0, 2, 0);
    assertThat(Rollout.of(HealthyBounds.of(3, 100, 200), 3, two, Crew.NONE).start()).isEqualTo(1);
    assertThat(Rollout.of(HealthyBounds.of(3, 100, 100), 3, two, Crew.NONE).start()).isZero();
  }

  @Test
  void an_unhealthy_task_is_stopped_only_after_its_replacement_is_healthy() {
    HealthyBounds bounds = HealthyBounds.of(4, 100, 200);
    assertThat(Rollout.of(bounds, 4, new Crew(4, 0, 3, 1), Crew.NONE))
        .isEqualTo(new Rollout(1, 0, 0, 0, 0, false));
    assertThat(Rollout.of(bounds, 5, new Crew(5, 1, 3, 1), Crew.NONE).isNothing()).isTrue();
    assertThat(Rollout.of(bounds, 5, new Crew(5, 0, 4, 1), Crew.NONE))
        .isEqualTo(new Rollout(0, 0, 0, 1, 0, false));
  }

  @Test
  void without_room_unhealthy_tasks_are_stopped_one_at_a_time() {
    HealthyBounds bounds = HealthyBounds.of(4, 50, 100);
    assertThat(Rollout.of(bounds, 4, new Crew(4, 0, 2, 2), Crew.NONE))
        .isEqualTo(new Rollout(0, 0, 0, 1, 0, false));
    Crew afterwards = new Crew(3, 0, 2, 1);
    assertThat(Rollout.of(bounds, 4, afterwards, Crew.NONE).isNothing()).isTrue();
    assertThat(Rollout.of(bounds, 3, afterwards, Crew.NONE).start()).isEqualTo(1);
    assertThat(Rollout.of(bounds, 4, new Crew(4, 1, 2, 1), Crew.NONE).isNothing()).isTrue();
  }

  @Test
  void a_task_that_recovers_makes_its_replacement_superfluous() {
    assertThat(Rollout.of(HealthyBounds.of(4, 100, 200), 5, new Crew(5, 1, 4, 0), Crew.NONE))
        .isEqualTo(new Rollout(0, 0, 0, 0, 1, false));
  }

  @Test
  void old_tasks_that_never_ran_or_are_unhealthy_make_way_at_once() {
    HealthyBounds bounds = HealthyBounds.of(4, 100, 100);
    assertThat(Rollout.of(bounds, 4, Crew.NONE, new Crew(4, 3, 0, 1)).stopReplaced()).isEqualTo(4);
  }

  @Test
  void old_tasks_that_run_but_are_not_yet_known_to_be_healthy_stay() {
    HealthyBounds bounds = HealthyBounds.of(4, 100, 200);
    assertThat(Rollout.of(bounds, 4, Crew.NONE, new Crew(4, 0, 0, 0)))
        .isEqualTo(new Rollout(4, 0, 0, 0, 0, false));
  }

  @Test
  void a_deployment_is_blocked_only_once_nothing_is_under_way() {
    HealthyBounds bounds = HealthyBounds.of(2, 100, 100);
    assertThat(Rollout.of(bounds, 2, Crew.NONE, new Crew(2, 0, 2, 0)).blocked()).isTrue();
    assertThat(Rollout.of(bounds, 2, Crew.NONE, new Crew(2, 0, 1, 0)).blocked()).isFalse();
    assertThat(Rollout.of(bounds, 2, Crew.NONE, new Crew(1, 0, 1, 0)).blocked()).isFalse();
  }
}
