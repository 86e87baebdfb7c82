package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private final Quay quay = new Quay().instance("a1", "a");
  private final String app = quay.definition("app");

  @Test
  void the_delay_doubles_from_a_second_up_to_its_cap() {
    ServiceSettings settings =
        new ServiceSettings(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(10), false);
    assertThat(settings.delayAfter(1)).hasSeconds(1);
    assertThat(settings.delayAfter(2)).hasSeconds(2);
    assertThat(settings.delayAfter(4)).hasSeconds(8);
    assertThat(settings.delayAfter(5)).hasSeconds(10);
    assertThat(settings.delayAfter(2_000_000_000)).hasSeconds(10);
    assertThat(ServiceSettings.USUAL.delayAfter(100)).hasMinutes(27);
  }

  @Test
  void settings_that_make_no_sense_are_refused() {
    Duration second = Duration.ofSeconds(1);
    assertThatThrownBy(() -> new ServiceSettings(second.negated(), second, second, false))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ServiceSettings(second, second, Duration.ZERO, false))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void tasks_that_never_start_are_tried_ever_more_rarely() {
    quay.create(app, 1, 100, 200);
    for (int seconds : new int[] {1, 2, 4, 8}) {
      quay.failAll();
      assertThat(quay.live()).isEmpty();
      quay.harbour.advance(Duration.ofSeconds(seconds).minusMillis(1));
      assertThat(quay.live()).isEmpty();
      quay.harbour.advance(Duration.ofMillis(1));
      assertThat(quay.live()).hasSize(1);
    }
    assertThat(quay.primary().failedTasks()).isEqualTo(4);
  }

  @Test
  void tasks_of_one_attempt_that_fail_apart_slow_down_but_once() {
    quay.create(app, 3, 100, 200);
    quay.fail(quay.live().getFirst());
    quay.harbour.advance(Duration.ofMillis(500));
    quay.fail(quay.live().getFirst());
    assertThat(quay.primary().starts().failedAttempts()).isEqualTo(1);
    assertThat(quay.primary().failedTasks()).isEqualTo(2);
    quay.harbour.advance(Duration.ofMillis(500));
    assertThat(quay.live()).hasSize(3);
  }

  @Test
  void one_task_that_runs_ends_the_delay() {
    quay.create(app, 2, 100, 200);
    for (int round = 0; round < 5; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    quay.run(quay.live().getFirst());
    assertThat(quay.primary().failedTasks()).isZero();
    assertThat(quay.primary().starts().failedAttempts()).isZero();
    quay.failAll();
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.live()).hasSize(2);
  }

  @Test
  void a_task_that_stands_healthy_does_not_hide_that_another_never_starts() {
    quay.create(app, 2, 100, 200);
    quay.run(quay.live().getFirst());
    for (int round = 0; round < 4; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(quay.primary().starts().failedAttempts()).isEqualTo(4);
  }

  @Test
  void a_new_deployment_starts_without_delay() {
    quay.create(app, 1, 100, 200);
    for (int round = 0; round < 8; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(5));
    }
    quay.failAll();
    assertThat(quay.live()).isEmpty();
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(quay.live()).hasSize(1);
  }

  @Test
  void the_third_failed_attempt_is_told_once() {
    String text = "(service web) is unable to consistently start tasks successfully.";
    quay.create(app, 1, 100, 200);
    for (int round = 0; round < 2; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(quay.events()).doesNotContain(text);
    for (int round = 0; round < 4; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(quay.events()).filteredOn(text::equals).hasSize(1);
  }

  @Test
  void failures_stay_counted_when_their_tasks_are_forgotten() {
    quay.create(app, 1, 100, 200);
    quay.failAll();
    quay.harbour.advance(Duration.ofSeconds(1));
    quay.failAll();
    assertThat(quay.primary().failedTasks()).isEqualTo(2);
    quay.harbour.edit(draft ->
        draft
            .all(dev.longshore.core.model.Task.KIND)
            .forEach(task -> draft.remove(dev.longshore.core.model.Task.KIND, task.arn())));
    assertThat(quay.primary().failedTasks()).isEqualTo(2);
    quay.harbour.advance(Duration.ofSeconds(2));
    quay.failAll();
    assertThat(quay.primary().failedTasks()).isEqualTo(3);
  }
}
