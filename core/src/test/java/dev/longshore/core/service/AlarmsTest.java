package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.DeploymentAlarms;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceDeploymentAlarms;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class AlarmsTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private static DeploymentConfiguration watching(boolean rollback, String... names) {
    return Quay.percents(100, 200).toBuilder()
        .alarms(new DeploymentAlarms(List.of(names), rollback, true))
        .build();
  }

  private void report(String alarm, String state) {
    quay.harbour.call(new ReportAlarmState(), new ReportAlarmState.Report(alarm, state));
  }

  private ServiceDeployment current() {
    return quay.deployment(Objects.requireNonNull(quay.describe().currentServiceDeployment()));
  }

  /** A service of two tasks, completed, and then updated. */
  private void updated(boolean rollback) {
    quay.create(
        Quay.request("web", app, 2).deploymentConfiguration(watching(rollback, "high", "late")));
    quay.settle();
    quay.harbour.advance(Alarms.USUAL_BAKE_TIME);
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
  }

  @Test
  void an_alarm_during_the_rollout_ends_the_deployment_and_rolls_back() {
    updated(true);
    List<Task> old = quay.wanted(app);
    String failing = quay.primary().id();
    report("late", "INSUFFICIENT_DATA");
    assertThat(quay.primary().id()).isEqualTo(failing);
    report("other", "ALARM");
    assertThat(quay.primary().id()).isEqualTo(failing);
    report("late", "ALARM");
    assertThat(quay.primary().id()).isNotEqualTo(failing);
    quay.settle();
    assertThat(quay.live()).isEqualTo(old);
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(current().alarms())
        .isEqualTo(
            new ServiceDeploymentAlarms("TRIGGERED", List.of("high", "late"), List.of("late")));
    assertThat(quay.events())
        .containsSubsequence(
            "(service web) (deployment " + failing + ") deployment failed: alarm detected.",
            "(service web) rolling back to deployment " + quay.primary().id() + '.');
  }

  @Test
  void without_rollback_the_deployment_is_left_as_it_stands() {
    updated(false);
    report("high", "ALARM");
    assertThat(quay.primary().rolloutState()).isEqualTo("FAILED");
    assertThat(current().status()).isEqualTo("STOPPED");
    quay.settle();
    assertThat(quay.wanted(app)).hasSize(2);
  }

  @Test
  void alarms_are_watched_for_a_while_after_all_tasks_run() {
    updated(true);
    quay.settle();
    assertThat(quay.deployments()).hasSize(1);
    assertThat(quay.primary().rolloutState()).isEqualTo("IN_PROGRESS");
    assertThat(current().lifecycleStage()).isEqualTo("BAKE_TIME");
    quay.harbour.advance(Alarms.USUAL_BAKE_TIME.minusSeconds(1));
    assertThat(current().status()).isEqualTo("IN_PROGRESS");
    report("high", "ALARM");
    assertThat(current().status()).isEqualTo("ROLLBACK_IN_PROGRESS");
    assertThat(quay.wanted(app)).hasSize(2);
    quay.settle();
    assertThat(quay.live()).hasSize(2).allMatch(task -> task.taskDefinitionArn().equals(app));
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void a_deployment_that_bakes_in_peace_is_completed() {
    updated(true);
    quay.settle();
    quay.harbour.advance(Alarms.USUAL_BAKE_TIME);
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
    assertThat(Objects.requireNonNull(current().alarms()).status())
        .isEqualTo("MONITORING_COMPLETE");
    report("high", "ALARM");
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void an_alarm_that_rings_already_is_ignored() {
    report("high", "ALARM");
    updated(true);
    quay.settle();
    quay.harbour.advance(Duration.ofSeconds(1));
    report("high", "OK");
    report("high", "ALARM");
    quay.harbour.advance(Alarms.USUAL_BAKE_TIME);
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void bad_alarms_are_the_callers_fault() {
    assertThatThrownBy(
            () -> quay.create(Quay.request("web", app, 1).deploymentConfiguration(watching(true))))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> report("high", "RINGING"))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> report("", "OK")).isInstanceOf(InvalidParameterException.class);
  }
}
