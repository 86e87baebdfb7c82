package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tasks leave draining instances within the percents, whatever state a deployment is in. */
class DrainingTest {
  /** Test traffic goes where it is sent, production traffic never arrives. */
  private static final class Slow implements Traffic {
    @Override
    public void check(dev.longshore.shapes.ecs.Service specification, String strategy) {
      // Any service will do.
    }

    @Override
    public boolean shift(
        Draft draft, Service service, String revisionArn, Kind kind, double percent) {
      return kind == Kind.TEST;
    }
  }

  private final Quay quay = new Quay(new Slow()).instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private List<String> places(String definition) {
    return quay.wanted(definition).stream()
        .map(Task::containerInstanceArn)
        .map(Objects::requireNonNull)
        .map(arn -> arn.substring(arn.lastIndexOf('/') + 1))
        .sorted()
        .toList();
  }

  /** A service of four whose update failed and was left as it stood. */
  private void failed(int minimum, int maximum) {
    DeploymentConfiguration configuration =
        Quay.percents(minimum, maximum).toBuilder()
            .deploymentCircuitBreaker(
                DeploymentCircuitBreaker.builder().enable(true).rollback(false).build())
            .build();
    quay.create(Quay.request("web", app, 4).deploymentConfiguration(configuration));
    quay.settle();
    String broken = quay.definition("app");
    quay.update(update -> update.taskDefinition(broken));
    for (int round = 0; round < 4; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(quay.primary().hasFailed()).isTrue();
    assertThat(places(app)).containsExactly("a1", "a1", "b1", "b1");
  }

  @Test
  void a_deployment_that_failed_and_stays_does_not_keep_old_tasks_on_a_draining_instance() {
    failed(100, 200);
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(places(app)).containsExactly("a1", "a1", "b1", "b1", "b1", "b1");
    quay.runAll();
    assertThat(places(app)).containsExactly("b1", "b1", "b1", "b1");
    quay.settle();
    assertThat(places(app)).containsExactly("b1", "b1", "b1", "b1");
    assertThat(quay.primary().hasFailed()).isTrue();
  }

  @Test
  void there_they_go_first_where_the_maximum_leaves_no_room() {
    failed(100, 200);
    quay.update(update -> update.deploymentConfiguration(Quay.percents(50, 100)));
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(places(app)).containsExactly("b1", "b1");
    quay.settle();
    assertThat(places(app)).containsExactly("b1", "b1", "b1", "b1");
  }

  @Test
  void there_they_stay_while_the_percents_leave_no_room_or_they_are_protected() {
    failed(100, 200);
    quay.wanted(app).forEach(task -> quay.protect(task, Duration.ofMinutes(10)));
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    quay.settle();
    assertThat(places(app)).containsExactly("a1", "a1", "b1", "b1", "b1", "b1");
    quay.harbour.advance(Duration.ofMinutes(10));
    quay.settle();
    assertThat(places(app)).containsExactly("b1", "b1", "b1", "b1");
  }

  @Test
  void blue_tasks_move_off_a_draining_instance_while_traffic_still_goes_to_them() {
    quay.create(Quay.request("web", app, 2).deploymentConfiguration(Quay.percents(100, 200)));
    quay.settle();
    String green = quay.definition("app");
    quay.update(update ->
        update
            .taskDefinition(green)
            .deploymentConfiguration(
                DeploymentConfiguration.builder()
                    .strategy("BLUE_GREEN")
                    .bakeTimeInMinutes(5)
                    .build()));
    quay.settle();
    assertThat(places(app)).containsExactly("a1", "b1");
    assertThat(places(green)).containsExactly("a1", "b1");
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(places(app)).containsExactly("a1", "b1", "b1");
    quay.settle();
    assertThat(places(app)).containsExactly("b1", "b1");
    assertThat(places(green)).containsExactly("b1", "b1");
  }

  @Test
  void a_failed_start_on_a_draining_instance_makes_way_at_once() {
    quay.create(app, 2, 100, 200);
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(quay.stopping()).hasSize(1);
    assertThat(places(app)).containsExactly("b1", "b1");
  }

  @Test
  void scaling_in_meanwhile_leaves_as_many_healthy_tasks_as_the_minimum_asks_for() {
    DeploymentConfiguration configuration =
        Quay.percents(69, 125).toBuilder()
            .deploymentCircuitBreaker(
                DeploymentCircuitBreaker.builder().enable(true).rollback(false).build())
            .build();
    quay.create(Quay.request("web", app, 3).deploymentConfiguration(configuration));
    Task last = quay.wanted(app).getLast();
    quay.wanted(app).stream().filter(task -> !task.equals(last)).forEach(quay::run);
    quay.harbour.advance(Duration.ofMinutes(1));
    for (int round = 0; round < 4; round++) {
      quay.failAll();
      quay.harbour.advance(Duration.ofMinutes(1));
    }
    assertThat(quay.primary().hasFailed()).isTrue();
    assertThat(places(app)).containsExactly("a1", "b1");
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    assertThat(places(app)).containsExactly("a1", "b1");
    quay.update(update -> update.desiredCount(1));
    assertThat(places(app)).containsExactly("b1");
  }
}
