package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeploymentTest {
  private static final String BLOCKED =
      "(service web) was unable to stop or start tasks during a deployment because of the service"
          + " deployment configuration. Update the minimumHealthyPercent or maximumPercent value"
          + " and try again.";

  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  @Test
  void a_deployment_that_its_percents_leave_no_room_stays_and_says_so_once() {
    quay.create(app, 2, 100, 100);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.settle();
    assertThat(quay.wanted(app)).hasSize(2);
    assertThat(quay.events()).endsWith(BLOCKED);
    quay.harbour.advance(Duration.ofHours(5));
    assertThat(quay.events()).filteredOn(BLOCKED::equals).hasSize(1);
    quay.harbour.advance(Duration.ofHours(1));
    assertThat(quay.events()).filteredOn(BLOCKED::equals).hasSize(2);
    quay.update(request -> request.deploymentConfiguration(Quay.percents(50, 100)));
    quay.settle();
    assertThat(quay.wanted(second)).hasSize(2);
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void the_maximum_of_125_percent_of_two_leaves_no_room_either() {
    quay.create(app, 2, 100, 125);
    quay.settle();
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(quay.events()).endsWith(BLOCKED);
  }

  @Test
  void with_no_task_desired_a_deployment_is_complete_at_once() {
    quay.create(app, 0, 100, 200);
    assertThat(quay.primary().isCompleted()).isTrue();
    String before = quay.primary().id();
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(quay.primary().isCompleted()).isTrue();
    assertThat(quay.primary().id()).isNotEqualTo(before);
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void a_forced_deployment_replaces_all_tasks_by_ones_of_the_same_definition() {
    quay.create(app, 3, 100, 200);
    quay.settle();
    List<String> before = quay.live().stream().map(Task::id).toList();
    String id = quay.primary().id();
    quay.update(request -> request.forceNewDeployment(true));
    var deployments = quay.deployments();
    assertThat(deployments).hasSize(2);
    assertThat(deployments.getFirst().status()).isEqualTo("PRIMARY");
    assertThat(deployments.getFirst().rolloutState()).isEqualTo("IN_PROGRESS");
    assertThat(deployments.getFirst().rolloutStateReason())
        .isEqualTo("ECS deployment " + quay.primary().id() + " in progress.");
    assertThat(deployments.getLast().status()).isEqualTo("ACTIVE");
    assertThat(deployments.getLast().id()).isEqualTo(id);
    assertThat(deployments.getLast().desiredCount()).isEqualTo(3);
    quay.settle();
    assertThat(quay.live()).hasSize(3).extracting(Task::id).doesNotContainAnyElementsOf(before);
    assertThat(quay.deployments()).hasSize(1);
    assertThat(quay.primary().id()).isNotEqualTo(id);
  }

  @Test
  void an_old_deployment_wants_fewer_and_fewer_tasks_and_goes_with_its_last() {
    quay.create(app, 2, 100, 150);
    quay.settle();
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(quay.deployments().getLast().desiredCount()).isEqualTo(2);
    quay.runAll();
    assertThat(quay.deployments().getLast().desiredCount()).isEqualTo(1);
    quay.settle();
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void an_update_during_an_update_replaces_the_tasks_of_both_older_deployments() {
    quay.create(app, 4, 100, 150);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.act();
    assertThat(quay.wanted(app)).isNotEmpty();
    assertThat(quay.wanted(second)).isNotEmpty();
    String third = quay.definition("app");
    quay.update(request -> request.taskDefinition(third));
    assertThat(quay.deployments())
        .extracting(dev.longshore.shapes.ecs.Deployment::status)
        .containsExactly("PRIMARY", "ACTIVE", "ACTIVE");
    quay.settle();
    assertThat(quay.wanted(third)).hasSize(4);
    assertThat(quay.live()).hasSize(4);
    assertThat(quay.web().deployments())
        .extracting(Deployment::taskDefinitionArn)
        .containsExactly(third);
  }

  @Test
  void tasks_of_a_superseded_deployment_that_never_ran_make_way() {
    quay.create(app, 2, 100, 100);
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.settle();
    assertThat(quay.wanted(second)).hasSize(2);
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void a_failing_new_revision_leaves_the_old_tasks_alone() {
    quay.create(app, 1, 100, 200);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    for (int round = 0; round < 10; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(30));
    }
    assertThat(quay.wanted(app)).hasSize(1);
    assertThat(quay.wanted(app).getFirst().lastStatus()).isEqualTo(TaskStatus.RUNNING);
    assertThat(quay.primary().failedTasks()).isEqualTo(10);
    assertThat(quay.primary().rolloutState()).isEqualTo("IN_PROGRESS");
  }

  @Test
  void a_protected_old_task_keeps_a_deployment_in_progress() {
    quay.create(app, 2, 100, 200);
    quay.settle();
    Task spared = quay.live().getFirst();
    quay.protect(spared, Duration.ofMinutes(10));
    quay.update(request -> request.forceNewDeployment(true));
    quay.settle();
    assertThat(quay.live()).hasSize(3).extracting(Task::id).contains(spared.id());
    assertThat(quay.primary().isCompleted()).isFalse();
    quay.harbour.advance(Duration.ofMinutes(10));
    quay.settle();
    assertThat(quay.live()).hasSize(2).extracting(Task::id).doesNotContain(spared.id());
    assertThat(quay.primary().isCompleted()).isTrue();
  }

  @Test
  void fewer_desired_tasks_during_a_deployment_end_in_that_many_new_ones() {
    quay.create(app, 6, 100, 150);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.act();
    quay.update(request -> request.desiredCount(2));
    quay.settle();
    assertThat(quay.wanted(second)).hasSize(2);
    assertThat(quay.live()).hasSize(2);
  }

  @Test
  void tasks_of_a_draining_instance_are_replaced_elsewhere_first() {
    quay.create(app, 4, 100, 200);
    quay.settle();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(quay.live()).hasSize(6);
    assertThat(quay.stopping()).isEmpty();
    quay.runAll();
    assertThat(quay.stopping())
        .hasSize(2)
        .allMatch(task -> quay.instanceArn("a1").equals(task.containerInstanceArn()));
    quay.settle();
    assertThat(quay.live())
        .hasSize(4)
        .allMatch(task -> quay.instanceArn("b1").equals(task.containerInstanceArn()));
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void a_low_minimum_lets_a_draining_instances_tasks_stop_first() {
    quay.create(app, 4, 50, 100);
    quay.settle();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(quay.stopping()).hasSize(2);
    quay.stopAll();
    assertThat(quay.live()).hasSize(4);
  }

  @Test
  void pending_tasks_of_a_draining_instance_stop_at_once() {
    quay.create(app, 2, 100, 200);
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(quay.stopping())
        .hasSize(1)
        .allMatch(task -> quay.instanceArn("a1").equals(task.containerInstanceArn()));
    assertThat(quay.wanted(app)).hasSize(2);
  }

  @Test
  void draining_is_blocked_like_a_deployment_where_the_percents_leave_no_room() {
    quay.create(app, 4, 100, 100);
    quay.settle();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    quay.settle();
    assertThat(quay.live()).hasSize(4);
    assertThat(quay.events()).endsWith(BLOCKED);
    quay.instanceStatus("a1", ContainerInstance.ACTIVE);
    assertThat(quay.events()).endsWith("(service web) has reached a steady state.");
  }
}
