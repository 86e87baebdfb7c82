package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.task.ReportTaskHealth;
import dev.longshore.core.task.ReportTaskHealth.ContainerHealth;
import dev.longshore.core.task.StopTask;
import dev.longshore.core.task.SubmitTaskStateChange;
import dev.longshore.core.task.TaskRoom;
import dev.longshore.core.task.UpdateTaskProtection;
import dev.longshore.shapes.ecs.ContainerStateChange;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.ecs.StopTaskRequest;
import dev.longshore.shapes.ecs.SubmitTaskStateChangeRequest;
import dev.longshore.shapes.ecs.UpdateTaskProtectionRequest;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Services as they meet what agents and users really say of tasks. */
class ServiceAndTaskRoomTest {
  private final Quay quay = new Quay(reconcilers()).instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private static Reconciler[] reconcilers() {
    Operations operations = new Operations(Ecs.MODEL);
    TaskRoom.register(operations);
    ServiceRoom.register(operations, ServiceSettings.USUAL.withSettling(Duration.ZERO));
    return operations.reconcilers().toArray(Reconciler[]::new);
  }

  private void report(Task task, String status) {
    ContainerStateChange container =
        ContainerStateChange.builder().containerName("app").status(status).build();
    quay.harbour.call(
        new SubmitTaskStateChange(),
        SubmitTaskStateChangeRequest.builder()
            .cluster("default")
            .task(task.arn())
            .status(status)
            .containers(List.of(container))
            .build());
  }

  private void reportAll(String status) {
    quay.live().forEach(task -> report(task, status));
  }

  @Test
  void reports_of_agents_bring_a_service_to_its_steady_state() {
    quay.create(app, 3, 100, 200);
    reportAll("RUNNING");
    assertThat(quay.describe().runningCount()).isEqualTo(3);
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void a_task_that_ran_and_exited_is_replaced_and_is_no_failure_to_start() {
    quay.create(app, 2, 100, 200);
    reportAll("RUNNING");
    report(quay.live().getFirst(), "STOPPED");
    assertThat(quay.counts().running()).isEqualTo(1);
    assertThat(quay.counts().starting()).isEqualTo(1);
    assertThat(quay.primary().failedTasks()).isZero();
  }

  @Test
  void tasks_that_stop_before_they_run_slow_the_service_down() {
    quay.create(app, 1, 100, 200);
    report(quay.live().getFirst(), "STOPPED");
    assertThat(quay.live()).isEmpty();
    assertThat(quay.primary().failedTasks()).isEqualTo(1);
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.live()).hasSize(1);
  }

  @Test
  void a_task_stopped_by_its_user_is_replaced() {
    quay.create(app, 1, 100, 200);
    reportAll("RUNNING");
    Task first = quay.live().getFirst();
    quay.harbour.call(
        new StopTask(), StopTaskRequest.builder().task(first.id()).reason("bye").build());
    assertThat(quay.wanted(app)).hasSize(1).extracting(Task::id).doesNotContain(first.id());
    report(first, "STOPPED");
    assertThat(quay.now(first).stoppedReason()).isEqualTo("bye");
    assertThat(quay.primary().failedTasks()).isZero();
  }

  @Test
  void two_protected_of_three_tasks_survive_scaling_to_one_until_unprotected() {
    quay.create(app, 3, 100, 200);
    reportAll("RUNNING");
    List<Task> guarded = quay.live().subList(0, 2);
    protection(guarded, true);
    quay.update(request -> request.desiredCount(1));
    report(quay.stopping().getFirst(), "STOPPED");
    assertThat(quay.live())
        .extracting(Task::id)
        .containsExactlyElementsOf(guarded.stream().map(Task::id).toList());
    protection(guarded, false);
    report(quay.stopping().getFirst(), "STOPPED");
    assertThat(quay.live()).hasSize(1);
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }

  private void protection(List<Task> tasks, boolean enabled) {
    quay.harbour.call(
        new UpdateTaskProtection(),
        UpdateTaskProtectionRequest.builder()
            .cluster("default")
            .tasks(tasks.stream().map(Task::id).toList())
            .protectionEnabled(enabled)
            .build());
  }

  @Test
  void an_unhealthy_report_starts_a_replacement() {
    quay.create(quay.checkedDefinition("checked"), 1, 100, 200);
    Task task = quay.live().getFirst();
    reportAll("RUNNING");
    health(task, "HEALTHY");
    assertThat(quay.primary().isCompleted()).isTrue();
    health(task, "UNHEALTHY");
    assertThat(quay.live()).hasSize(2);
  }

  private void health(Task task, String status) {
    quay.harbour.call(
        new ReportTaskHealth(),
        new ReportTaskHealth.Report(task.arn(), List.of(new ContainerHealth("app", status))));
  }

  @Test
  void forgetting_stopped_tasks_changes_nothing_for_their_service() {
    quay.create(app, 2, 100, 200);
    reportAll("RUNNING");
    report(quay.live().getFirst(), "STOPPED");
    reportAll("RUNNING");
    var before = quay.web().deployments();
    quay.harbour.advance(Duration.ofMinutes(61));
    assertThat(quay.harbour.state().count(Task.KIND)).isEqualTo(2);
    assertThat(quay.web().deployments()).isEqualTo(before);
    assertThat(quay.describe().runningCount()).isEqualTo(2);
  }
}
