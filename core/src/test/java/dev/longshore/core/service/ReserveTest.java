package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Failed tasks of a completed revision are replaced by tasks of that revision. */
class ReserveTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private String broken(int minimum, int maximum) {
    quay.create(app, 4, minimum, maximum);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    return second;
  }

  @Test
  void an_old_task_that_dies_is_replaced_by_its_own_revision_once_the_new_one_fails() {
    String second = broken(100, 200);
    quay.exit(quay.wanted(app).getFirst());
    assertThat(quay.wanted(app)).hasSize(3);
    quay.failAll();
    assertThat(quay.wanted(second)).isEmpty();
    assertThat(quay.wanted(app)).hasSize(4);
    assertThat(quay.deployments().getLast().desiredCount()).isEqualTo(4);
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.wanted(second)).hasSize(4);
    assertThat(quay.wanted(app)).hasSize(4);
  }

  @Test
  void a_replacement_that_starts_is_waited_for_until_there_are_enough_new_ones() {
    String second = broken(100, 200);
    quay.exit(quay.wanted(app).getFirst());
    quay.failAll();
    quay.harbour.advance(Duration.ofSeconds(1));
    quay.run(quay.wanted(second).getFirst());
    assertThat(quay.wanted(app)).hasSize(4);
    quay.settle();
    assertThat(quay.wanted(app)).isEmpty();
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void what_was_replaced_on_purpose_does_not_come_back() {
    String second = broken(50, 100);
    assertThat(quay.wanted(app)).hasSize(2);
    quay.act();
    assertThat(quay.wanted(second)).hasSize(2);
    for (int round = 0; round < 6; round++) {
      quay.failAll();
      assertThat(quay.wanted(app)).hasSize(2);
      quay.harbour.advance(Duration.ofMinutes(1));
    }
  }

  @Test
  void the_old_revision_is_kept_alive_even_after_its_last_task_died() {
    quay.create(app, 1, 100, 200);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.exit(quay.wanted(app).getFirst());
    assertThat(quay.wanted(app)).isEmpty();
    quay.failAll();
    assertThat(quay.wanted(app)).hasSize(1);
    quay.runAll();
    for (int round = 0; round < 5; round++) {
      quay.harbour.advance(Duration.ofMinutes(30));
      quay.failAll();
    }
    assertThat(quay.wanted(app)).hasSize(1);
  }

  @Test
  void an_older_deployment_that_never_was_completed_is_not_filled_up() {
    quay.create(app, 2, 100, 200);
    quay.run(quay.live().getFirst());
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.exit(quay.wanted(app).getFirst());
    quay.failAll();
    assertThat(quay.wanted(app)).isEmpty();
    assertThat(quay.wanted(second)).isEmpty();
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.wanted(second)).hasSize(2);
  }

  @Test
  void the_replacements_of_a_revision_that_fails_too_are_slowed_down() {
    broken(100, 200);
    quay.wanted(app).forEach(quay::exit);
    quay.failAll();
    assertThat(quay.wanted(app)).hasSize(4);
    quay.wanted(app).forEach(quay::fail);
    assertThat(quay.wanted(app)).isEmpty();
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.live()).isNotEmpty();
  }

  @Test
  void a_deployment_to_go_back_to_is_not_shown_without_tasks() {
    String second = broken(0, 100);
    quay.stopAll();
    assertThat(quay.wanted(second)).hasSize(4);
    assertThat(quay.deployments()).hasSize(1);
    assertThat(quay.web().deployments()).hasSize(2);
    quay.settle();
    assertThat(quay.web().deployments()).hasSize(1);
  }

  @Test
  void without_room_only_as_many_old_starting_tasks_are_kept_as_the_minimum_asks_for() {
    HealthyBounds bounds = HealthyBounds.of(4, 50, 100);
    Rollout.Reserve reserve = new Rollout.Reserve(4, 3, 4, 0);
    Rollout rollout =
        Rollout.of(bounds, 4, Crew.NONE, new Crew(4, 3, 1, 0), reserve, Rollout.Footing.OPEN);
    assertThat(rollout.stopReplaced()).isEqualTo(2);
    rollout =
        Rollout.of(bounds, 4, Crew.NONE, new Crew(4, 3, 1, 0), reserve, Rollout.Footing.FAILED);
    assertThat(rollout.isNothing()).isTrue();
  }

  @Test
  void a_failed_deployment_still_obeys_the_maximum() {
    quay.create(app, 4, 100, 200);
    quay.settle();
    quay.update(request -> request.forceNewDeployment(true));
    quay.runAll();
    List<Task> all = quay.live();
    assertThat(all).hasSize(8);
    quay.harbour.call(
        new StopServiceDeployment(),
        new dev.longshore.shapes.ecs.StopServiceDeploymentRequest(
            java.util.Objects.requireNonNull(quay.describe().currentServiceDeployment()), "ABORT"));
    quay.update(request -> request.desiredCount(1));
    quay.settle();
    assertThat(quay.live()).hasSize(2);
    quay.update(request -> request.desiredCount(0));
    quay.settle();
    assertThat(quay.live()).isEmpty();
  }
}
