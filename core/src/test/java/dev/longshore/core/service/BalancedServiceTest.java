package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.model.Target;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskStatus;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LoadBalancer;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BalancedServiceTest {
  private final Lock lock = new Lock();
  private final Quay quay = lock.quay;
  private final String app = lock.definition("app");

  private static void refused(String message, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class).hasMessage(message);
  }

  private void create(LoadBalancer.Builder balancer) {
    quay.create(Quay.request("web", app, 1).loadBalancers(List.of(balancer.build())));
  }

  @Test
  void a_container_and_its_port_must_be_in_the_definition() {
    refused(
        "The container other does not exist in the task definition.",
        () -> create(lock.balancer().containerName("other")));
    refused(
        "The container app did not have a container port 81 defined.",
        () -> create(lock.balancer().containerPort(81)));
  }

  @Test
  void a_target_group_must_exist_and_have_a_load_balancer() {
    String lonely = lock.group("lonely", "instance");
    refused(
        "The target group with targetGroupArn "
            + lonely
            + " does not have an associated load balancer.",
        () -> create(lock.balancer().targetGroupArn(lonely)));
    refused(
        "The target group " + lonely + "0 does not exist.",
        () -> create(lock.balancer().targetGroupArn(lonely + "0")));
    refused(
        "A service can have at most 5 target groups.",
        () ->
            quay.create(
                Quay.request("web", app, 1)
                    .loadBalancers(java.util.Collections.nCopies(6, lock.balancer().build()))));
  }

  @Test
  void the_type_of_targets_must_fit_the_network_mode() {
    String addresses = lock.group("addresses", "ip");
    refused(
        "The provided target group "
            + addresses
            + " has target type ip, which is incompatible with the bridge network mode specified"
            + " in the task definition.",
        () -> create(lock.balancer().targetGroupArn(addresses)));
  }

  @Test
  void an_awsvpc_service_cannot_have_a_group_of_instances() {
    String own = quay.networkDefinition("own", "awsvpc");
    refused(
        "The container app did not have a container port 8080 defined.",
        () -> quay.create(lock.request(own, 1)));
    String mapped = lock.definition("mapped", "awsvpc");
    refused(
        "The provided target group "
            + lock.groupArn
            + " has target type instance, which is incompatible with the awsvpc network mode"
            + " specified in the task definition.",
        () -> quay.create(lock.request(mapped, 1)));
  }

  @Test
  void three_tasks_on_one_instance_are_three_targets_with_ports_of_their_own() {
    quay.create(lock.request(app, 3));
    lock.runAll();
    assertThat(lock.targets()).extracting(Target::id).containsOnly("i-a1");
    assertThat(lock.targets())
        .extracting(Target::port)
        .containsExactlyInAnyOrder(32_768, 32_769, 32_770);
  }

  @Test
  void targets_of_one_turn_are_told_in_one_event_and_those_of_the_next_in_another() {
    lock.delay(0);
    quay.create(lock.request(app, 3));
    lock.settle();
    quay.harbour.advance(Duration.ofSeconds(1));
    quay.update(update -> update.desiredCount(5));
    lock.settle();
    quay.harbour.advance(Duration.ofSeconds(1));
    quay.update(update -> update.desiredCount(1));
    assertThat(quay.events())
        .filteredOn(event -> event.contains("registered"))
        .containsExactly(told("registered 3"), told("registered 2"), told("deregistered 4"));
  }

  private String told(String what) {
    return "(service web) " + what + " targets in (target-group " + lock.groupArn + ')';
  }

  @Test
  void a_task_counts_as_healthy_once_its_target_is() {
    quay.create(lock.request(app, 1));
    lock.runAll();
    assertThat(quay.counts().healthy()).isZero();
    assertThat(quay.deployments().getFirst().rolloutState()).isEqualTo("IN_PROGRESS");
    lock.allHealthy();
    assertThat(quay.counts().healthy()).isEqualTo(1);
    assertThat(quay.deployments().getFirst().rolloutState()).isEqualTo("COMPLETED");
    assertThat(quay.events()).contains("(service web) has reached a steady state.");
  }

  @Test
  void an_unhealthy_target_has_its_task_replaced() {
    quay.create(lock.request(app, 2));
    lock.settle();
    Target target = lock.targets().getFirst();
    lock.unhealthy(target);
    lock.runAll();
    lock.healthyBut(target);
    assertThat(quay.events())
        .contains(
            "(service web) (instance i-a1) (port "
                + target.port()
                + ") is unhealthy in (target-group "
                + lock.groupArn
                + ") due to (reason Health checks failed with these codes: [404])");
    Task stopped = quay.stopping().getFirst();
    assertThat(stopped.stoppedReason())
        .isEqualTo("Task failed ELB health checks in (target-group " + lock.groupArn + ")");
    assertThat(quay.wanted(app)).hasSize(2);
  }

  @Test
  void within_the_grace_period_no_task_is_stopped_for_its_targets() {
    quay.create(lock.request(app, 1).healthCheckGracePeriodSeconds(60));
    lock.runAll();
    lock.unhealthy(lock.targets().getFirst());
    quay.harbour.advance(Duration.ofSeconds(40));
    assertThat(quay.stopping()).isEmpty();
    lock.allHealthy();
    quay.harbour.advance(Duration.ofMinutes(1));
    assertThat(quay.stopping()).isEmpty();
    assertThat(quay.deployments().getFirst().rolloutState()).isEqualTo("COMPLETED");
  }

  @Test
  void after_the_grace_period_an_unhealthy_task_is_stopped() {
    quay.create(lock.request(app, 1).healthCheckGracePeriodSeconds(60));
    lock.runAll();
    Target target = lock.targets().getFirst();
    lock.unhealthy(target);
    quay.harbour.advance(Duration.ofSeconds(59));
    assertThat(quay.stopping()).isEmpty();
    quay.harbour.advance(Duration.ofSeconds(1));
    lock.runAll();
    lock.healthyBut(target);
    assertThat(quay.stopping()).hasSize(1);
  }

  @Test
  void a_task_leaves_its_group_before_it_is_told_to_stop() {
    lock.delay(30);
    quay.create(lock.request(app, 2));
    lock.settle();
    quay.update(update -> update.desiredCount(1));
    Task leaving = quay.stopping().getFirst();
    assertThat(leaving.lastStatus()).isEqualTo(TaskStatus.DEACTIVATING);
    assertThat(leaving.mustStop()).isFalse();
    assertThat(lock.targets()).filteredOn(Target::isDraining).hasSize(1);
    assertThat(quay.events())
        .contains("(service web) deregistered 1 targets in (target-group " + lock.groupArn + ")");
    quay.harbour.advance(Duration.ofSeconds(29));
    assertThat(quay.now(leaving).lastStatus()).isEqualTo(TaskStatus.DEACTIVATING);
    quay.harbour.advance(Duration.ofSeconds(1));
    assertThat(quay.now(leaving).lastStatus()).isEqualTo(TaskStatus.STOPPING);
    assertThat(quay.now(leaving).mustStop()).isTrue();
    assertThat(lock.targets()).hasSize(1);
  }

  @Test
  void without_a_delay_a_task_is_told_to_stop_at_once() {
    lock.delay(0);
    quay.create(lock.request(app, 1));
    lock.settle();
    quay.update(update -> update.desiredCount(0));
    assertThat(quay.stopping().getFirst().mustStop()).isTrue();
    assertThat(lock.targets()).isEmpty();
  }

  @Test
  void without_a_delay_a_task_whose_load_balancer_is_followed_stays_until_nothing_comes_to_it() {
    lock.follow();
    lock.delay(0);
    quay.create(lock.request(app, 2));
    lock.settle();
    quay.update(update -> update.desiredCount(0));
    assertThat(quay.stopping()).noneMatch(Task::mustStop);
    Target first = lock.targets().getFirst();
    quay.harbour.call(
        new ReportFollowed(), new ReportFollowed.Report(List.of(first.key()), List.of()));
    assertThat(quay.stopping()).filteredOn(Task::mustStop).hasSize(1);
    quay.harbour.advance(Duration.ofSeconds(5));
    assertThat(quay.stopping()).as("nobody waits for ever").allMatch(Task::mustStop);
  }

  @Test
  void a_rolling_update_takes_a_target_away_only_once_another_is_healthy() {
    quay.create(lock.request(app, 2).deploymentConfiguration(Quay.percents(100, 200)));
    lock.settle();
    String next = lock.definition("app");
    quay.update(update -> update.taskDefinition(next));
    lock.runAll();
    assertThat(lock.targets()).hasSize(4).noneMatch(Target::isDraining);
    lock.allHealthy();
    assertThat(lock.targets()).filteredOn(Target::isDraining).hasSize(2);
    quay.harbour.advance(Duration.ofMinutes(5));
    lock.settle();
    assertThat(lock.targets()).hasSize(2);
    assertThat(quay.wanted(next)).hasSize(2);
  }

  @Test
  void a_task_that_dies_leaves_its_group() {
    quay.create(lock.request(app, 1));
    lock.settle();
    quay.exit(quay.live().getFirst());
    assertThat(lock.targets()).hasSize(1).allMatch(Target::isDraining);
  }
}
