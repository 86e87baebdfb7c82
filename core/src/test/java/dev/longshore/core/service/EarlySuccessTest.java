package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.DeploymentCircuitBreaker;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentEarlySuccessCriteria;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EarlySuccessTest {
  private final Quay quay = new Quay().instance("a1", "a").instance("b1", "b");
  private final String first = quay.definition("app");
  private final String second = quay.definition("app");

  private static DeploymentConfiguration.Builder configuration(
      @Nullable Integer percent, @Nullable String cleanup) {
    return Quay.percents(50, 200).toBuilder()
        .earlySuccessCriteria(
            DeploymentEarlySuccessCriteria.builder()
                .enable(true)
                .healthyPercent(percent)
                .sourceServiceRevisionCleanup(cleanup)
                .build());
  }

  /** A service of four tasks that is being updated under that configuration. */
  private void update(DeploymentConfiguration.Builder configuration) {
    quay.create(Quay.request("web", first, 4).deploymentConfiguration(Quay.percents(50, 200)));
    quay.settle();
    quay.update(
        request -> request.taskDefinition(second).deploymentConfiguration(configuration.build()));
  }

  private String status() {
    return Objects.requireNonNull(
        quay.deployment(Objects.requireNonNull(quay.describe().currentServiceDeployment()))
            .status());
  }

  private void run(int count) {
    quay.wanted(second).stream().limit(count).forEach(quay::run);
  }

  private long completions() {
    return quay.events().stream().filter(event -> event.endsWith("deployment completed.")).count();
  }

  @ParameterizedTest
  @CsvSource({"2,50,1", "3,50,2", "10,80,8", "100,90,90", "10,100,10", "5,0,1", "0,50,0"})
  void so_many_tasks_must_be_healthy(int desired, int percent, int healthy) {
    EarlySuccess criteria = new EarlySuccess(percent, true);
    assertThat(criteria.isMet(desired, healthy, 0)).isTrue();
    assertThat(criteria.isMet(desired, healthy - 1, 0)).isFalse();
    assertThat(criteria.isMet(desired, healthy, 1)).isFalse();
    assertThat(new EarlySuccess(percent, false).isMet(desired, healthy, 1)).isTrue();
  }

  @Test
  void with_deferred_cleanup_a_deployment_is_complete_while_old_tasks_are_left() {
    update(configuration(50, "DEFERRED"));
    quay.wanted(first).forEach(task -> quay.protect(task, Duration.ofHours(1)));
    run(1);
    assertThat(status()).isEqualTo("IN_PROGRESS");
    run(2);
    assertThat(status()).isEqualTo("SUCCESSFUL");
    assertThat(quay.deployments().getFirst().rolloutState()).isEqualTo("COMPLETED");
    assertThat(quay.wanted(first)).isNotEmpty();
    quay.harbour.advance(Duration.ofHours(1));
    quay.settle();
    assertThat(quay.wanted(second)).hasSize(4);
    assertThat(quay.live()).hasSize(4);
    assertThat(quay.deployments()).hasSize(1);
    assertThat(quay.events().getLast()).isEqualTo("(service web) has reached a steady state.");
    assertThat(completions()).isEqualTo(2);
  }

  @Test
  void with_blocking_cleanup_the_old_tasks_have_to_be_gone() {
    update(configuration(50, "BLOCKING"));
    Task old = quay.wanted(first).getFirst();
    quay.protect(old, Duration.ofHours(1));
    run(2);
    quay.stopAll();
    assertThat(status()).isEqualTo("IN_PROGRESS");
    quay.harbour.advance(Duration.ofHours(1));
    quay.stopAll();
    assertThat(status()).isEqualTo("SUCCESSFUL");
    assertThat(quay.counts().pending()).isEqualTo(2);
  }

  @Test
  void after_its_success_a_deployment_is_not_rolled_back_and_its_tasks_are_not_given_up() {
    update(
        configuration(50, "DEFERRED")
            .deploymentCircuitBreaker(
                DeploymentCircuitBreaker.builder().enable(true).rollback(true).build()));
    run(2);
    for (int at = 0; at < 10; at++) {
      quay.failAll();
      quay.stopAll();
      quay.harbour.advance(Duration.ofHours(1));
    }
    assertThat(status()).isEqualTo("SUCCESSFUL");
    assertThat(quay.describe().taskDefinition()).isEqualTo(second);
    assertThat(quay.wanted(first)).isEmpty();
    assertThat(quay.wanted(second)).hasSize(4);
  }

  @Test
  void without_criteria_all_tasks_must_be_healthy() {
    update(Quay.percents(50, 200).toBuilder());
    run(3);
    quay.stopAll();
    assertThat(status()).isEqualTo("IN_PROGRESS");
    quay.settle();
    assertThat(status()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void bad_criteria_are_the_callers_fault() {
    List<DeploymentConfiguration.Builder> bad =
        List.of(
            configuration(null, "DEFERRED"),
            configuration(50, null),
            configuration(49, "BLOCKING"),
            configuration(101, "BLOCKING"),
            configuration(50, "NEVER"));
    for (DeploymentConfiguration.Builder each : bad) {
      assertThatThrownBy(() ->
              quay.create(Quay.request("web", first, 1).deploymentConfiguration(each.build())))
          .isInstanceOf(InvalidParameterException.class);
    }
    Quay shifting = new Quay(new WeightedTraffic()).instance("a1", "a");
    String definition = shifting.definition("app");
    var blueGreen =
        configuration(50, "DEFERRED").strategy("BLUE_GREEN").bakeTimeInMinutes(1).build();
    assertThatThrownBy(() ->
            shifting.create(Quay.request("web", definition, 1).deploymentConfiguration(blueGreen)))
        .hasMessage("earlySuccessCriteria can only be used with the deployment strategy ROLLING.");
  }
}
