package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.ServiceDeploymentNotFoundException;
import dev.longshore.shapes.ecs.StopServiceDeploymentRequest;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StopServiceDeploymentTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private String current() {
    return Objects.requireNonNull(quay.describe().currentServiceDeployment());
  }

  private void stop(String arn, @Nullable String type) {
    quay.harbour.call(new StopServiceDeployment(), new StopServiceDeploymentRequest(arn, type));
  }

  @Test
  void a_stopped_deployment_goes_back_and_leaves_the_old_tasks_untouched() {
    quay.create(app, 3, 100, 200);
    quay.settle();
    List<Task> old = quay.live();
    String oldDeployment = quay.primary().id();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    String failed = quay.primary().id();
    stop(current(), null);
    assertThat(quay.primary().id()).isEqualTo(oldDeployment);
    assertThat(quay.primary().rolloutState()).isEqualTo("IN_PROGRESS");
    assertThat(quay.describe().taskDefinition()).isEqualTo(app);
    assertThat(quay.events())
        .contains("(service web) rolling back to deployment " + oldDeployment + '.');
    var deployments = quay.deployments();
    assertThat(deployments.getLast().id()).isEqualTo(failed);
    assertThat(deployments.getLast().rolloutState()).isEqualTo("FAILED");
    quay.settle();
    assertThat(quay.live()).isEqualTo(old);
    assertThat(quay.primary().isCompleted()).isTrue();
    ServiceDeployment stopped = quay.deployment(current());
    assertThat(stopped.status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(Objects.requireNonNull(stopped.rollback()).serviceRevisionArn())
        .endsWith(oldDeployment.substring("ecs-svc/".length()));
  }

  @Test
  void going_back_late_starts_tasks_of_the_old_revision_again_within_the_percents() {
    quay.create(app, 4, 50, 100);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.act();
    quay.act();
    assertThat(quay.wanted(second)).hasSize(2);
    quay.act();
    stop(current(), "ROLLBACK");
    quay.settle();
    assertThat(quay.wanted(app)).hasSize(4);
    assertThat(quay.live()).hasSize(4);
    assertThat(quay.deployment(current()).status()).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void the_first_deployment_has_nothing_to_go_back_to() {
    quay.create(app, 2, 100, 200);
    quay.run(quay.live().getFirst());
    stop(current(), "ROLLBACK");
    assertThat(quay.deployment(current()).status()).isEqualTo("STOPPED");
    assertThat(quay.primary().rolloutState()).isEqualTo("FAILED");
    quay.exit(quay.live().getFirst());
    quay.harbour.advance(Duration.ofHours(1));
    assertThat(quay.live()).hasSize(1);
  }

  @Test
  void an_aborted_deployment_stays_where_it_is_until_the_next_update() {
    quay.create(app, 4, 100, 150);
    quay.settle();
    String second = quay.definition("app");
    quay.update(request -> request.taskDefinition(second));
    quay.act();
    List<Task> before = quay.live().stream().filter(Task::isWanted).toList();
    stop(current(), "ABORT");
    assertThat(quay.deployment(current()).status()).isEqualTo("STOPPED");
    assertThat(quay.deployment(current()).stoppedAt()).isEqualTo(quay.harbour.now());
    quay.settle();
    quay.harbour.advance(Duration.ofHours(1));
    assertThat(quay.live())
        .extracting(Task::id)
        .containsAll(before.stream().map(Task::id).toList());
    assertThat(quay.deployments()).hasSize(2);
    quay.update(request -> request.forceNewDeployment(true));
    quay.settle();
    assertThat(quay.deployments()).hasSize(1);
    assertThat(quay.wanted(second)).hasSize(4);
  }

  @Test
  void an_update_during_a_rollback_makes_it_fail() {
    quay.create(app, 2, 100, 200);
    quay.settle();
    quay.update(request -> request.forceNewDeployment(true));
    quay.runAll();
    String first = current();
    stop(first, "ROLLBACK");
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(quay.deployment(first).status()).isEqualTo("ROLLBACK_FAILED");
    stop(current(), "ROLLBACK");
    assertThat(quay.deployment(current()).status()).isEqualTo("STOPPED");
  }

  @Test
  void what_cannot_be_stopped_is_the_callers_fault() {
    quay.create(app, 1, 100, 200);
    quay.settle();
    assertThatThrownBy(() -> stop(current(), "ROLLBACK")).isInstanceOf(ConflictException.class);
    assertThatThrownBy(() -> stop(current(), "PAUSE"))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> stop("web", null)).isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> stop(current() + "x", null))
        .isInstanceOf(ServiceDeploymentNotFoundException.class)
        .hasMessage("Service deployment not found.");
  }
}
