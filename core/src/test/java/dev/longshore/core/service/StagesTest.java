package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.CanaryConfiguration;
import dev.longshore.shapes.ecs.ContinueServiceDeploymentRequest;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentLifecycleHook;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookDetail;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTimeoutConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LinearConfiguration;
import dev.longshore.shapes.ecs.ServiceDeployment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StagesTest {
  /** Traffic that is where it was sent, and remembers where that was. */
  private static final class Recorded implements Traffic {
    final List<String> shifts = new ArrayList<>();

    @Override
    public void check(dev.longshore.shapes.ecs.Service specification, String strategy) {}

    @Override
    public boolean shift(
        Draft draft, Service service, String revisionArn, Kind kind, double percent) {
      shifts.add(kind + " " + percent);
      return true;
    }
  }

  private final Recorded traffic = new Recorded();
  private final Quay quay = new Quay(traffic).instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private static DeploymentConfiguration.Builder configuration(String strategy) {
    return DeploymentConfiguration.builder().strategy(strategy).bakeTimeInMinutes(5);
  }

  private static DeploymentLifecycleHook pause(String stage) {
    return DeploymentLifecycleHook.builder()
        .targetType("PAUSE")
        .lifecycleStages(List.of(stage))
        .build();
  }

  /** A service of two tasks under that configuration, completed, and then updated. */
  private String updated(DeploymentConfiguration.Builder configuration) {
    quay.create(Quay.request("web", app, 2).deploymentConfiguration(Quay.percents(100, 200)));
    quay.settle();
    String second = quay.definition("app");
    quay.update(
        request -> request.taskDefinition(second).deploymentConfiguration(configuration.build()));
    return second;
  }

  private ServiceDeployment current() {
    return quay.deployment(Objects.requireNonNull(quay.describe().currentServiceDeployment()));
  }

  private DeploymentLifecycleHookDetail hook() {
    return Objects.requireNonNull(current().lifecycleHookDetails()).getFirst();
  }

  private void proceed(String hookId, @Nullable String action) {
    quay.harbour.call(
        new ContinueServiceDeployment(),
        new ContinueServiceDeploymentRequest(
            Objects.requireNonNull(current().serviceDeploymentArn()), hookId, action));
  }

  @Test
  void blue_and_green_stand_side_by_side_until_the_bake_time_is_over() {
    String second = updated(configuration("BLUE_GREEN"));
    assertThat(current().lifecycleStage()).isEqualTo("SCALE_UP");
    assertThat(quay.wanted(second)).hasSize(2);
    assertThat(traffic.shifts).isEmpty();
    quay.settle();
    assertThat(current().lifecycleStage()).isEqualTo("BAKE_TIME");
    assertThat(traffic.shifts).containsExactly("TEST 100.0", "PRODUCTION 100.0");
    assertThat(quay.wanted(app)).hasSize(2);
    assertThat(
            Objects.requireNonNull(current().targetServiceRevision())
                .requestedProductionTrafficWeight())
        .isEqualTo(100.0);
    quay.harbour.advance(Duration.ofMinutes(5));
    assertThat(quay.wanted(app)).isEmpty();
    quay.settle();
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
    assertThat(quay.live()).hasSize(2);
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void a_canary_gets_its_share_for_ten_minutes_and_then_everything() {
    updated(
        configuration("CANARY")
            .bakeTimeInMinutes(0)
            .canaryConfiguration(CanaryConfiguration.builder().canaryPercent(5.0).build()));
    quay.settle();
    assertThat(traffic.shifts).containsExactly("TEST 100.0", "PRODUCTION 5.0");
    assertThat(current().lifecycleStage()).isEqualTo("PRODUCTION_TRAFFIC_SHIFT");
    quay.harbour.advance(Duration.ofMinutes(10).minusMillis(1));
    assertThat(traffic.shifts).hasSize(2);
    quay.harbour.advance(Duration.ofMillis(1));
    assertThat(traffic.shifts).endsWith("PRODUCTION 5.0", "PRODUCTION 100.0");
    quay.settle();
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void a_linear_shift_takes_its_steps_and_what_is_left_in_the_last() {
    updated(
        configuration("LINEAR")
            .bakeTimeInMinutes(0)
            .linearConfiguration(
                LinearConfiguration.builder().stepPercent(30.0).stepBakeTimeInMinutes(0).build()));
    quay.settle();
    assertThat(traffic.shifts)
        .containsExactly(
            "TEST 100.0",
            "PRODUCTION 30.0",
            "PRODUCTION 60.0",
            "PRODUCTION 90.0",
            "PRODUCTION 100.0");
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
    assertThat(Strategy.weights(configuration("LINEAR").build()))
        .containsExactly(10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0, 90.0, 100.0);
  }

  @Test
  void a_pause_waits_for_its_hook_and_goes_on() {
    updated(configuration("BLUE_GREEN").lifecycleHooks(List.of(pause("POST_SCALE_UP"))));
    quay.settle();
    assertThat(current().lifecycleStage()).isEqualTo("POST_SCALE_UP");
    assertThat(hook().hookId()).startsWith("ecs-pause-");
    assertThat(hook().status()).isEqualTo("AWAITING_ACTION");
    assertThat(hook().timeoutAction()).isEqualTo("ROLLBACK");
    assertThat(hook().expiresAt()).isEqualTo(quay.harbour.now().plus(Duration.ofDays(1)));
    quay.harbour.advance(Duration.ofHours(23));
    assertThat(traffic.shifts).isEmpty();
    proceed(Objects.requireNonNull(hook().hookId()), null);
    assertThat(current().lifecycleStage()).isEqualTo("BAKE_TIME");
  }

  @Test
  void a_pause_that_is_told_to_go_back_leaves_blue_all_the_traffic() {
    updated(configuration("BLUE_GREEN").lifecycleHooks(List.of(pause("POST_SCALE_UP"))));
    List<Task> blue = quay.wanted(app);
    quay.settle();
    proceed(Objects.requireNonNull(hook().hookId()), "ROLLBACK");
    quay.settle();
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(current().statusReason())
        .isEqualTo(
            "Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed.");
    assertThat(traffic.shifts).containsExactly("PRODUCTION 0.0", "TEST 0.0");
    assertThat(quay.live()).isEqualTo(blue);
  }

  @Test
  void a_pause_that_nobody_answers_does_what_it_was_told_to() {
    for (String action : List.of("ROLLBACK", "CONTINUE")) {
      Quay other = new Quay(new Recorded()).instance("a1", "a");
      var timeout =
          DeploymentLifecycleHookTimeoutConfiguration.builder()
              .timeoutInMinutes(7)
              .action(action)
              .build();
      String definition = other.definition("app");
      other.create(
          Quay.request("web", definition, 1)
              .deploymentConfiguration(configuration("BLUE_GREEN").build()));
      other.settle();
      other.harbour.advance(Duration.ofMinutes(5));
      other.settle();
      other.update(request ->
          request
              .forceNewDeployment(true)
              .deploymentConfiguration(
                  configuration("BLUE_GREEN")
                      .lifecycleHooks(
                          List.of(
                              pause("PRE_SCALE_UP").toBuilder()
                                  .timeoutConfiguration(timeout)
                                  .build()))
                      .build()));
      String arn = Objects.requireNonNull(other.describe().currentServiceDeployment());
      assertThat(other.deployment(arn).lifecycleStage()).isEqualTo("PRE_SCALE_UP");
      other.harbour.advance(Duration.ofMinutes(7));
      other.settle();
      assertThat(other.deployment(arn).status())
          .isEqualTo(action.equals("ROLLBACK") ? "ROLLBACK_SUCCESSFUL" : "IN_PROGRESS");
    }
  }

  @Test
  void an_alarm_or_a_stop_while_it_bakes_brings_the_traffic_back() {
    updated(configuration("BLUE_GREEN"));
    List<Task> blue = quay.wanted(app);
    quay.settle();
    quay.harbour.call(
        new StopServiceDeployment(),
        new dev.longshore.shapes.ecs.StopServiceDeploymentRequest(
            Objects.requireNonNull(current().serviceDeploymentArn()), null));
    quay.settle();
    assertThat(traffic.shifts).endsWith("PRODUCTION 0.0", "TEST 0.0");
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(quay.live()).isEqualTo(blue);
  }

  @Test
  void blue_tasks_that_die_are_replaced_by_blue_ones() {
    String second = updated(configuration("BLUE_GREEN"));
    quay.settle();
    quay.exit(quay.wanted(app).getFirst());
    assertThat(quay.wanted(app)).hasSize(2);
    quay.exit(quay.wanted(second).getFirst());
    assertThat(quay.wanted(second)).hasSize(2);
  }

  @Test
  void a_stage_that_takes_longer_than_a_day_is_given_up() {
    updated(configuration("BLUE_GREEN"));
    quay.harbour.advance(Duration.ofHours(24));
    quay.settle();
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(current().statusReason()).contains("SCALE_UP took longer than 24 hours.");
  }

  @Test
  void bad_strategies_are_the_callers_fault() {
    List<DeploymentConfiguration.Builder> bad =
        List.of(
            configuration("BLUE_GREEN").bakeTimeInMinutes(null),
            configuration("BLUE_GREEN").bakeTimeInMinutes(1_441),
            configuration("SLOW"),
            configuration("LINEAR")
                .linearConfiguration(LinearConfiguration.builder().stepPercent(2.9).build()),
            configuration("LINEAR")
                .linearConfiguration(LinearConfiguration.builder().stepPercent(30.05).build()),
            configuration("CANARY")
                .canaryConfiguration(
                    CanaryConfiguration.builder().canaryBakeTimeInMinutes(1_441).build()),
            configuration("BLUE_GREEN").lifecycleHooks(List.of(pause("SCALE_UP"))),
            configuration("BLUE_GREEN").lifecycleHooks(List.of(pause("TEST_TRAFFIC_SHIFT"))),
            configuration("BLUE_GREEN")
                .lifecycleHooks(java.util.Collections.nCopies(11, pause("PRE_SCALE_UP"))));
    for (DeploymentConfiguration.Builder each : bad) {
      var request = Quay.request("web", app, 1).deploymentConfiguration(each.build());
      assertThatThrownBy(() -> quay.create(request)).isInstanceOf(InvalidParameterException.class);
    }
  }

  @Test
  void what_awaits_nothing_cannot_be_continued() {
    updated(configuration("BLUE_GREEN"));
    assertThatThrownBy(() -> proceed("ecs-pause-none", null))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> proceed("ecs-pause-none", "WAIT"))
        .isInstanceOf(InvalidParameterException.class);
  }
}
