package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.core.task.TaskStops;
import dev.longshore.shapes.ecs.PropagateTags;
import dev.longshore.shapes.ecs.Tag;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeepingTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  @Test
  void the_desired_tasks_are_started_for_the_service() {
    quay.create(app, 3, 100, 200);
    assertThat(quay.live()).hasSize(3);
    Task task = quay.live().getFirst();
    assertThat(task.startedBy()).isEqualTo(quay.primary().id()).startsWith("ecs-svc/");
    assertThat(task.group()).isEqualTo("service:web");
    assertThat(task.serviceArn()).isEqualTo(quay.web().arn());
    assertThat(task.taskDefinitionArn()).isEqualTo(app);
    assertThat(task.tags()).isEmpty();
  }

  @Test
  void tasks_are_spread_over_zones() {
    quay.create(app, 4, 100, 200);
    assertThat(quay.live().stream().filter(task -> "a".equals(task.availabilityZone()))).hasSize(2);
  }

  @Test
  void a_service_is_stable_once_all_tasks_run() {
    quay.create(app, 3, 100, 200);
    assertThat(quay.describe().runningCount()).isZero();
    assertThat(quay.describe().pendingCount()).isEqualTo(3);
    assertThat(quay.primary().rolloutState()).isEqualTo(Deployment.IN_PROGRESS);
    quay.runAll();
    var service = quay.describe();
    assertThat(service.runningCount()).isEqualTo(3).isEqualTo(service.desiredCount());
    assertThat(service.pendingCount()).isZero();
    assertThat(quay.deployments()).hasSize(1);
    String id = quay.primary().id();
    assertThat(quay.deployments().getFirst().rolloutState()).isEqualTo("COMPLETED");
    assertThat(quay.deployments().getFirst().rolloutStateReason())
        .isEqualTo("ECS deployment " + id + " completed.");
    assertThat(quay.events())
        .hasSize(3)
        .endsWith(
            "(service web) (deployment " + id + ") deployment completed.",
            "(service web) has reached a steady state.");
  }

  @Test
  void without_health_check_a_task_is_healthy_once_it_ran_for_forty_seconds() {
    Quay slow = new Quay(ServiceSettings.USUAL).instance("a1", "a");
    slow.create(slow.definition("app"), 1, 100, 200);
    slow.runAll();
    slow.harbour.advance(Duration.ofSeconds(39));
    assertThat(slow.primary().isCompleted()).isFalse();
    slow.harbour.advance(Duration.ofSeconds(2));
    assertThat(slow.primary().isCompleted()).isTrue();
  }

  @Test
  void tasks_that_started_at_different_times_settle_one_after_the_other() {
    Quay slow = new Quay(ServiceSettings.USUAL).instance("a1", "a");
    slow.create(slow.definition("app"), 2, 100, 200);
    slow.run(slow.live().getFirst());
    slow.harbour.advance(Duration.ofSeconds(30));
    slow.run(slow.live().getLast());
    slow.harbour.advance(Duration.ofSeconds(39));
    assertThat(slow.primary().isCompleted()).isFalse();
    slow.harbour.advance(Duration.ofSeconds(2));
    assertThat(slow.primary().isCompleted()).isTrue();
  }

  @Test
  void with_a_health_check_a_task_is_healthy_when_it_passed() {
    quay.create(quay.checkedDefinition("checked"), 1, 100, 200);
    quay.runAll();
    assertThat(quay.primary().isCompleted()).isFalse();
    quay.health(quay.live().getFirst(), Task.HEALTHY);
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void what_dies_is_replaced_at_once_however_often() {
    quay.create(app, 2, 100, 200);
    quay.settle();
    for (int round = 0; round < 20; round++) {
      quay.exit(quay.live().getFirst());
      assertThat(quay.counts().starting()).isEqualTo(1);
      quay.runAll();
      assertThat(quay.counts().running()).isEqualTo(2);
    }
    assertThat(quay.primary().failedTasks()).isZero();
  }

  @Test
  void a_task_that_a_user_stops_is_replaced_while_it_is_stopping() {
    quay.create(app, 2, 100, 200);
    quay.settle();
    Task first = quay.live().getFirst();
    quay.harbour.edit(draft ->
        TaskStops.stop(draft, first, "UserInitiated", "Task stopped by user", quay.harbour.now()));
    assertThat(quay.wanted(app)).hasSize(2);
    assertThat(quay.live()).hasSize(3);
    quay.settle();
    assertThat(quay.live()).hasSize(2);
  }

  @Test
  void a_task_that_was_told_to_stop_before_it_ran_is_replaced() {
    quay.create(app, 1, 100, 200);
    Task first = quay.live().getFirst();
    quay.harbour.edit(draft ->
        TaskStops.stop(draft, first, "UserInitiated", "Task stopped by user", quay.harbour.now()));
    quay.stopAll();
    assertThat(quay.counts().starting()).isEqualTo(1);
    assertThat(quay.primary().failedTasks()).isZero();
  }

  @Test
  void another_desired_count_starts_or_stops_tasks_without_a_deployment() {
    quay.create(app, 1, 100, 200);
    quay.settle();
    final String id = quay.primary().id();
    quay.update(request -> request.desiredCount(3));
    assertThat(quay.live()).hasSize(3);
    quay.settle();
    assertThat(quay.events())
        .anyMatch(text -> text.startsWith("(service web) has started 2 tasks: "));
    quay.update(request -> request.desiredCount(0));
    assertThat(quay.stopping()).hasSize(3);
    Task stopping = quay.stopping().getFirst();
    assertThat(stopping.stopCode()).isEqualTo("ServiceSchedulerInitiated");
    assertThat(stopping.stoppedReason())
        .isEqualTo("Scaling activity initiated by (deployment " + id + ")");
    quay.settle();
    assertThat(quay.live()).isEmpty();
    assertThat(quay.primary().id()).isEqualTo(id);
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }

  @Test
  void scaling_in_spares_running_tasks_while_others_only_start() {
    quay.create(app, 4, 100, 200);
    quay.run(quay.live().get(0));
    quay.run(quay.live().get(2));
    quay.update(request -> request.desiredCount(2));
    assertThat(quay.wanted(app)).allMatch(task -> task.lastStatus() == TaskStatus.RUNNING);
    assertThat(quay.wanted(app)).hasSize(2);
  }

  @Test
  void a_protected_task_survives_scaling_in_until_its_protection_ends() {
    quay.create(app, 3, 100, 200);
    quay.settle();
    Task first = quay.live().get(0);
    Task second = quay.live().get(1);
    quay.protect(first, Duration.ofMinutes(10));
    quay.protect(second, Duration.ofMinutes(20));
    quay.update(request -> request.desiredCount(1));
    quay.stopAll();
    assertThat(quay.live()).extracting(Task::id).containsExactly(first.id(), second.id());
    assertThat(quay.events())
        .contains(
            "(service web) was unable to reach steady state because task set ("
                + quay.primary().id()
                + ") was unable to scale in. Reason: The number of protected tasks are more than"
                + " the desired count of tasks");
    quay.harbour.advance(Duration.ofMinutes(10));
    assertThat(quay.stopping()).extracting(Task::id).containsExactly(first.id());
    quay.stopAll();
    assertThat(quay.live()).extracting(Task::id).containsExactly(second.id());
  }

  @Test
  void an_unhealthy_task_is_replaced_before_it_is_stopped() {
    quay.create(quay.checkedDefinition("checked"), 2, 100, 200);
    quay.runAll();
    quay.live().forEach(task -> quay.health(task, Task.HEALTHY));
    Task sick = quay.live().getFirst();
    quay.health(sick, Task.UNHEALTHY);
    assertThat(quay.live()).hasSize(3);
    assertThat(quay.stopping()).isEmpty();
    quay.runAll();
    assertThat(quay.stopping()).isEmpty();
    for (Task task : quay.live()) {
      if (task.healthStatus().equals("UNKNOWN")) {
        quay.health(task, Task.HEALTHY);
      }
    }
    assertThat(quay.stopping()).extracting(Task::id).containsExactly(sick.id());
    assertThat(quay.stopping().getFirst().stoppedReason())
        .isEqualTo("Task failed container health checks");
    assertThat(quay.events())
        .contains("(service web) (task " + sick.id() + ") failed container health checks.");
    assertThat(quay.primary().failedTasks()).isEqualTo(1);
    quay.stopAll();
    assertThat(quay.live()).hasSize(2);
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }

  @Test
  void failed_checks_are_overlooked_during_the_grace_period() {
    quay.create(
        Quay.request("web", quay.checkedDefinition("checked"), 1)
            .healthCheckGracePeriodSeconds(60));
    quay.runAll();
    quay.health(quay.live().getFirst(), Task.UNHEALTHY);
    quay.harbour.advance(Duration.ofSeconds(59));
    assertThat(quay.live()).hasSize(1);
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.live()).hasSize(2);
  }

  @Test
  void tags_come_from_the_service_or_the_definition_and_from_ecs() {
    quay.create(
        Quay.request("web", app, 1)
            .tags(List.of(new Tag("team", "blue")))
            .propagateTags(PropagateTags.SERVICE)
            .enableECSManagedTags(true));
    assertThat(quay.live().getFirst().tags())
        .containsExactly(
            new Tag("team", "blue"),
            new Tag("aws:ecs:clusterName", "default"),
            new Tag("aws:ecs:serviceName", "web"));
    quay.update(request ->
        request
            .propagateTags(PropagateTags.TASK_DEFINITION)
            .enableECSManagedTags(false)
            .desiredCount(2));
    assertThat(quay.live()).extracting(Task::tags).contains(List.of(new Tag("family", "app")));
  }

  @Test
  void a_big_service_is_started_and_stopped_in_portions() {
    quay.instance("c1", "c", 1_000_000, 1_000_000);
    quay.create(app, 1_234, 100, 200);
    assertThat(quay.live()).hasSize(1_234);
    quay.settle();
    quay.update(request -> request.desiredCount(1));
    quay.settle();
    assertThat(quay.live()).hasSize(1);
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }
}
