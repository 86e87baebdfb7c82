package dev.longshore.core.service;

import static dev.longshore.core.service.TaskSetCalls.controller;
import static dev.longshore.core.service.TaskSetCalls.external;
import static dev.longshore.core.service.TaskSetCalls.id;
import static dev.longshore.core.service.TaskSetCalls.refused;
import static dev.longshore.core.service.TaskSetCalls.scale;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Target;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.TaskSet;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Task sets with load balancers of their own. */
class BalancedTaskSetsTest {
  private final Lock lock = new Lock();
  private final Quay quay = lock.quay;
  private final TaskSetCalls sets = new TaskSetCalls(quay);
  private final String app = lock.definition("app");
  private final String green = lock.group("green", "instance");

  private TaskSet make(LoadBalancer.Builder balancer, double percent) {
    return sets.make(
        app, request -> request.scale(scale(percent)).loadBalancers(List.of(balancer.build())));
  }

  private List<Target> targets(String groupArn) {
    return lock.targets().stream()
        .filter(target -> target.targetGroupArn().equals(groupArn))
        .toList();
  }

  @Test
  void a_task_set_registers_its_tasks_with_its_own_target_group() {
    lock.listener(81, green);
    quay.create(external(2));
    TaskSet blue = make(lock.balancer(), 100);
    TaskSet other = make(lock.balancer().targetGroupArn(green), 50);
    assertThat(blue.loadBalancers()).containsExactly(lock.balancer().build());
    lock.runAll();
    assertThat(targets(lock.groupArn)).hasSize(2);
    assertThat(targets(green)).hasSize(1);
    assertThat(sets.described(blue).stabilityStatus()).isEqualTo("STABILIZING");
    lock.allHealthy();
    assertThat(sets.described(blue).stabilityStatus()).isEqualTo("STEADY_STATE");
    assertThat(quay.events())
        .contains(
            "(service web, taskSet "
                + id(blue)
                + ") registered 2 targets in (target-group "
                + lock.groupArn
                + ')',
            "(service web, taskSet "
                + id(other)
                + ") registered 1 targets in (target-group "
                + green
                + ')');
  }

  @Test
  void an_unhealthy_target_has_its_task_replaced_by_one_of_its_task_set() {
    quay.create(external(2));
    TaskSet blue = make(lock.balancer(), 100);
    lock.settle();
    Target sick = lock.targets().getFirst();
    lock.unhealthy(sick);
    lock.runAll();
    lock.healthyBut(sick);
    assertThat(quay.stopping()).hasSize(1);
    assertThat(sets.tasks(blue)).filteredOn(task -> !task.stopping()).hasSize(2);
  }

  @Test
  void the_tasks_of_a_task_set_leave_their_group_before_they_are_told_to_stop() {
    quay.create(external(1));
    TaskSet blue = make(lock.balancer(), 100);
    lock.settle();
    sets.deleted(blue, true);
    assertThat(quay.stopping().getFirst().lastStatus()).isEqualTo(TaskStatus.DEACTIVATING);
    assertThat(lock.targets()).allMatch(Target::isDraining);
    assertThat(sets.described(blue).status()).isEqualTo("DRAINING");
    quay.harbour.advance(Duration.ofMinutes(5));
    lock.settle();
    assertThat(lock.targets()).isEmpty();
    assertThat(Objects.requireNonNull(sets.describe().taskSets())).isEmpty();
  }

  @Test
  void the_service_of_codedeploy_has_the_load_balancers_of_its_primary_task_set() {
    lock.listener(81, green);
    quay.create(lock.request(app, 1).deploymentController(controller("CODE_DEPLOY")));
    lock.settle();
    assertThat(targets(lock.groupArn)).hasSize(1);
    TaskSet next = make(lock.balancer().targetGroupArn(green), 100);
    lock.settle();
    assertThat(targets(green)).hasSize(1);
    sets.primary(next);
    assertThat(quay.describe().loadBalancers())
        .containsExactly(lock.balancer().targetGroupArn(green).build());
  }

  @Test
  void a_bad_load_balancer_is_the_callers_fault() {
    quay.create(external(1));
    refused(
        () -> make(lock.balancer().containerName("other"), 100),
        "The container other does not exist in the task definition.");
    refused(
        () -> make(lock.balancer().targetGroupArn(green), 100),
        "The target group with targetGroupArn "
            + green
            + " does not have an associated load balancer.");
  }
}
