package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceDeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.ThresholdConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CircuitBreakerTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private static DeploymentCircuitBreaker.Builder on(boolean rollback) {
    return DeploymentCircuitBreaker.builder().enable(true).rollback(rollback);
  }

  private static DeploymentConfiguration with(DeploymentCircuitBreaker.Builder breaker) {
    return Quay.percents(100, 200).toBuilder().deploymentCircuitBreaker(breaker.build()).build();
  }

  private static DeploymentConfiguration with(String type, int value) {
    return with(
        on(false)
            .thresholdConfiguration(
                ThresholdConfiguration.builder().type(type).value(value).build()));
  }

  private void create(int desired, DeploymentConfiguration configuration) {
    quay.create(Quay.request("web", app, desired).deploymentConfiguration(configuration));
  }

  private String update() {
    String next = quay.definition("app");
    quay.update(request -> request.taskDefinition(next));
    return quay.primary().id();
  }

  /** Every task of the newest deployment fails, attempt after attempt. */
  private void failFor(int attempts) {
    for (int at = 0; at < attempts; at++) {
      quay.failAll();
      quay.stopAll();
      quay.harbour.advance(Duration.ofMinutes(30));
    }
  }

  private ServiceDeployment current() {
    return quay.deployment(Objects.requireNonNull(quay.describe().currentServiceDeployment()));
  }

  @ParameterizedTest
  @CsvSource({
    "1, BOUNDED_PERCENT, 50, 3",
    "5, BOUNDED_PERCENT, 50, 3",
    "7, BOUNDED_PERCENT, 50, 4",
    "25, BOUNDED_PERCENT, 50, 13",
    "400, BOUNDED_PERCENT, 50, 200",
    "800, BOUNDED_PERCENT, 50, 200",
    "800, UNBOUNDED_PERCENT, 50, 400",
    "10, COUNT, 7, 7",
    "100, BOUNDED_PERCENT, 10, 10",
    "10, BOUNDED_PERCENT, 100, 10",
    "20, BOUNDED_PERCENT, 10, 3",
    "0, UNBOUNDED_PERCENT, 50, 0",
    "2000000000, UNBOUNDED_PERCENT, 100, 2000000000",
  })
  void so_many_failures_are_too_many(int desired, String type, int value, int threshold) {
    assertThat(CircuitBreaker.of(with(type, value)).threshold(desired)).isEqualTo(threshold);
  }

  @Test
  void without_a_threshold_half_of_the_tasks_may_fail() {
    assertThat(CircuitBreaker.of(with(on(false))).threshold(25)).isEqualTo(13);
    assertThat(CircuitBreaker.of(null).isOn()).isFalse();
  }

  @Test
  void a_threshold_that_is_none_is_the_callers_fault() {
    for (DeploymentConfiguration bad :
        List.of(
            with("BOUNDED_PERCENT", 0),
            with("UNBOUNDED_PERCENT", 101),
            with("COUNT", 0),
            with("HALF", 1))) {
      assertThatThrownBy(() -> create(1, bad)).isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  void without_rollback_the_failed_deployment_stays_and_so_do_the_old_tasks() {
    create(1, with(on(false)));
    quay.settle();
    Task old = quay.live().getFirst();
    String failing = update();
    failFor(2);
    assertThat(quay.primary().rolloutState()).isEqualTo("IN_PROGRESS");
    quay.failAll();
    assertThat(quay.primary().id()).isEqualTo(failing);
    assertThat(quay.primary().rolloutState()).isEqualTo("FAILED");
    assertThat(quay.primary().rolloutStateReason())
        .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    quay.harbour.advance(Duration.ofHours(2));
    assertThat(quay.live()).containsExactly(old);
    assertThat(quay.deployments().getFirst().failedTasks()).isEqualTo(3);
    assertThat(quay.deployments().getLast().runningCount()).isEqualTo(1);
    assertThat(quay.events())
        .contains(
            "(service web) (deployment " + failing + ") deployment failed: tasks failed to start.");
    assertThat(current().status()).isEqualTo("STOPPED");
    assertThat(current().deploymentCircuitBreaker())
        .isEqualTo(new ServiceDeploymentCircuitBreaker("TRIGGERED", 3, 3));
  }

  @Test
  void with_rollback_the_last_completed_deployment_takes_its_place_again() {
    create(1, with(on(true)));
    quay.settle();
    List<Task> old = quay.live();
    String first = quay.primary().id();
    String failing = update();
    failFor(2);
    quay.failAll();
    assertThat(quay.primary().id()).isEqualTo(first);
    assertThat(quay.primary().rolloutState()).isEqualTo("COMPLETED");
    assertThat(quay.live()).isEqualTo(old);
    assertThat(quay.describe().taskDefinition()).isEqualTo(app);
    assertThat(quay.events())
        .containsSubsequence(
            "(service web) (deployment " + failing + ") deployment failed: tasks failed to start.",
            "(service web) rolling back to deployment " + first + '.',
            "(service web) (deployment " + first + ") deployment completed.",
            "(service web) has reached a steady state.");
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(current().statusReason())
        .isEqualTo(
            "Service deployment rolled back because the circuit breaker threshold was exceeded.");
    assertThat(Objects.requireNonNull(current().rollback()).reason())
        .isEqualTo(current().statusReason());
  }

  @Test
  void a_deployment_that_is_rolled_back_says_where_to() {
    create(2, with(on(true)));
    quay.settle();
    String first = quay.primary().id();
    update();
    quay.run(quay.wanted(quay.primary().taskDefinitionArn()).getFirst());
    failFor(3);
    assertThat(quay.primary().id()).isEqualTo(first);
    var failed = quay.web().deployments().getLast();
    assertThat(failed.rolloutState()).isEqualTo("FAILED");
    assertThat(failed.rolloutStateReason())
        .isEqualTo("ECS deployment circuit breaker: rolling back to deploymentId " + first + '.');
    assertThat(quay.primary().rolloutStateReason())
        .isEqualTo("ECS deployment " + first + " in progress.");
    quay.settle();
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void the_threshold_is_shown_and_moves_with_the_desired_count() {
    create(25, with(on(false)));
    assertThat(current().deploymentCircuitBreaker())
        .isEqualTo(new ServiceDeploymentCircuitBreaker("MONITORING", 0, 13));
    for (int at = 0; at < 4; at++) {
      quay.fail(quay.wanted(app).getFirst());
    }
    assertThat(current().deploymentCircuitBreaker())
        .isEqualTo(new ServiceDeploymentCircuitBreaker("MONITORING", 4, 13));
    quay.update(request -> request.desiredCount(5));
    assertThat(quay.primary().rolloutState()).isEqualTo("FAILED");
    assertThat(current().deploymentCircuitBreaker())
        .isEqualTo(new ServiceDeploymentCircuitBreaker("TRIGGERED", 4, 3));
  }

  @Test
  void a_first_deployment_that_fails_has_nothing_to_go_back_to() {
    create(1, with(on(true)));
    failFor(3);
    assertThat(quay.primary().rolloutState()).isEqualTo("FAILED");
    assertThat(quay.primary().rolloutStateReason())
        .isEqualTo("ECS deployment circuit breaker: tasks failed to start.");
    assertThat(quay.live()).isEmpty();
    assertThat(current().status()).isEqualTo("STOPPED");
    assertThat(current().rollback()).isNull();
  }

  @Test
  void what_is_rolled_back_to_is_no_target_before_it_is_completed_again() {
    create(2, with(on(true)));
    quay.settle();
    String first = quay.primary().id();
    update();
    quay.run(quay.wanted(quay.primary().taskDefinitionArn()).getFirst());
    failFor(3);
    assertThat(quay.primary().id()).isEqualTo(first);
    assertThat(quay.primary().rolloutState()).isEqualTo("IN_PROGRESS");
    String third = update();
    failFor(3);
    assertThat(quay.primary().id()).isEqualTo(third);
    assertThat(quay.primary().rolloutState()).isEqualTo("FAILED");
    assertThat(current().status()).isEqualTo("STOPPED");
    assertThat(quay.wanted(app)).hasSize(1);
  }

  @Test
  void a_healthy_task_makes_failures_forgotten_unless_told_otherwise() {
    for (boolean resets : new boolean[] {true, false}) {
      Quay other = new Quay().instance("a1", "a");
      String definition = other.definition("app");
      other.create(
          Quay.request("web", definition, 3)
              .deploymentConfiguration(with(on(false).resetOnHealthyTask(resets))));
      other.fail(other.live().getFirst());
      other.fail(other.live().getFirst());
      other.run(other.live().getFirst());
      assertThat(other.primary().failedTasks()).isEqualTo(resets ? 0 : 2);
      other.harbour.advance(Duration.ofMinutes(1));
      other.fail(
          other.wanted(definition).stream()
              .filter(task -> task.timeline().startedAt() == null)
              .findFirst()
              .orElseThrow());
      assertThat(other.primary().hasFailed()).isNotEqualTo(resets);
    }
  }

  @Test
  void failed_health_checks_count_and_exits_of_running_tasks_do_not() {
    String checked = quay.checkedDefinition("checked");
    quay.create(Quay.request("web", checked, 2).deploymentConfiguration(with(on(false))));
    quay.runAll();
    for (int at = 0; at < 5; at++) {
      quay.exit(quay.live().getFirst());
      quay.runAll();
    }
    assertThat(quay.primary().failedTasks()).isZero();
    for (int at = 0; at < 6; at++) {
      quay.wanted(checked).stream()
          .filter(task -> task.timeline().startedAt() != null)
          .forEach(task -> quay.health(task, "UNHEALTHY"));
      quay.act();
    }
    assertThat(quay.primary().failedTasks()).isGreaterThanOrEqualTo(3);
    assertThat(quay.primary().hasFailed()).isTrue();
  }

  @Test
  void a_completed_deployment_is_not_watched() {
    create(1, with(on(true)));
    quay.settle();
    assertThat(Objects.requireNonNull(current().deploymentCircuitBreaker()).status())
        .isEqualTo("MONITORING_COMPLETE");
    quay.exit(quay.live().getFirst());
    failFor(5);
    assertThat(quay.primary().rolloutState()).isEqualTo("COMPLETED");
    assertThat(quay.live()).hasSize(1);
  }
}
