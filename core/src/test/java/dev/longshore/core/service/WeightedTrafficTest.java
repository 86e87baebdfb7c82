package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.balancing.ReportFollowed;
import dev.longshore.core.balancing.RuleWeights;
import dev.longshore.core.model.Listener;
import dev.longshore.core.model.Target;
import dev.longshore.shapes.ecs.AdvancedConfiguration;
import dev.longshore.shapes.ecs.CanaryConfiguration;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LoadBalancer;
import dev.longshore.shapes.ecs.StopServiceDeploymentRequest;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.TargetGroupTuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeightedTrafficTest {
  private final Lock lock = new Lock();
  private final Quay quay = lock.quay;
  private final String app = lock.definition("app");
  private final String blue = lock.groupArn;
  private final String green = lock.group("green", "instance");
  private final String test = lock.listener(81, blue);

  private LoadBalancer shifted() {
    return lock.balancer()
        .advancedConfiguration(
            AdvancedConfiguration.builder()
                .alternateTargetGroupArn(green)
                .productionListenerRule(lock.listenerArn)
                .testListenerRule(test)
                .roleArn("arn:aws:iam::123456789012:role/ecs")
                .build())
        .build();
  }

  private void create(DeploymentConfiguration.Builder configuration) {
    quay.create(
        lock.request(app, 2)
            .loadBalancers(List.of(shifted()))
            .deploymentConfiguration(configuration.bakeTimeInMinutes(5).build()));
    lock.settle();
    // A canary's first deployment takes its steps too.
    quay.harbour.advance(Duration.ofMinutes(10));
    quay.harbour.advance(Duration.ofMinutes(6));
  }

  /** The weights of a listener's default rule: blue, then green. */
  private List<Integer> weights(String listenerArn) {
    Listener row = Objects.requireNonNull(quay.harbour.state().find(Listener.KIND, listenerArn));
    Action action = Objects.requireNonNull(row.specification().defaultActions()).getFirst();
    List<Integer> weights = new ArrayList<>(List.of(0, 0));
    var config = Objects.requireNonNull(action.forwardConfig());
    for (TargetGroupTuple each : Objects.requireNonNull(config.targetGroups())) {
      weights.set(
          blue.equals(each.targetGroupArn()) ? 0 : 1, Objects.requireNonNull(each.weight()));
    }
    return weights;
  }

  private long targets(String group) {
    return lock.targets().stream()
        .filter(target -> target.targetGroupArn().equals(group) && !target.isDraining())
        .count();
  }

  private static DeploymentConfiguration.Builder strategy(String name) {
    return DeploymentConfiguration.builder().strategy(name);
  }

  private String update() {
    String next = lock.definition("app");
    quay.update(update -> update.taskDefinition(next));
    return next;
  }

  @Test
  void a_blue_green_deployment_switches_all_traffic_once_the_green_tasks_are_healthy() {
    create(strategy("BLUE_GREEN"));
    assertThat(targets(blue)).isEqualTo(2);
    update();
    lock.runAll();
    assertThat(targets(green)).isEqualTo(2);
    assertThat(weights(lock.listenerArn)).containsExactly(100, 0);
    assertThat(RuleWeights.names(quay.harbour.state(), lock.listenerArn, green))
        .as("or nobody would look at their health")
        .isTrue();
    lock.allHealthy();
    assertThat(weights(test)).containsExactly(0, 100);
    assertThat(weights(lock.listenerArn)).containsExactly(0, 100);
    assertThat(targets(blue)).as("blue stays while it bakes").isEqualTo(2);
    quay.harbour.advance(Duration.ofMinutes(6));
    assertThat(targets(blue)).isZero();
    quay.harbour.advance(Duration.ofMinutes(5));
    lock.settle();
    assertThat(lock.targets()).extracting(Target::targetGroupArn).containsOnly(green);
    assertThat(quay.deployments()).hasSize(1);
  }

  @Test
  void the_next_deployment_goes_back_to_the_first_group() {
    create(strategy("BLUE_GREEN"));
    for (String group : List.of(green, blue, green)) {
      update();
      lock.settle();
      quay.harbour.advance(Duration.ofMinutes(6));
      quay.harbour.advance(Duration.ofMinutes(5));
      lock.settle();
      assertThat(lock.targets()).extracting(Target::targetGroupArn).containsOnly(group);
      assertThat(weights(lock.listenerArn))
          .isEqualTo(group.equals(green) ? List.of(0, 100) : List.of(100, 0));
    }
  }

  @Test
  void a_canary_gets_its_percent_and_then_all() {
    create(
        strategy("CANARY")
            .canaryConfiguration(
                CanaryConfiguration.builder()
                    .canaryPercent(10.0)
                    .canaryBakeTimeInMinutes(10)
                    .build()));
    update();
    lock.runAll();
    lock.allHealthy();
    assertThat(weights(lock.listenerArn)).containsExactly(90, 10);
    quay.harbour.advance(Duration.ofMinutes(10));
    assertThat(weights(lock.listenerArn)).containsExactly(0, 100);
  }

  @Test
  void the_next_stage_begins_once_no_gateway_sends_the_old_way() {
    create(strategy("BLUE_GREEN"));
    lock.follow();
    update();
    lock.runAll();
    lock.allHealthy();
    assertThat(stage()).isEqualTo("TEST_TRAFFIC_SHIFT");
    followed(test);
    assertThat(stage()).isEqualTo("PRODUCTION_TRAFFIC_SHIFT");
    assertThat(weights(lock.listenerArn)).containsExactly(0, 100);
    followed(lock.listenerArn);
    assertThat(stage()).isEqualTo("BAKE_TIME");
  }

  @Test
  void a_shift_that_nobody_says_is_followed_is_believed_after_a_while() {
    create(strategy("BLUE_GREEN"));
    lock.follow();
    update();
    lock.runAll();
    lock.allHealthy();
    quay.harbour.advance(Duration.ofSeconds(10));
    assertThat(stage()).isEqualTo("PRODUCTION_TRAFFIC_SHIFT");
    quay.harbour.advance(Duration.ofSeconds(10));
    assertThat(stage()).isEqualTo("BAKE_TIME");
  }

  private void followed(String rule) {
    quay.harbour.call(new ReportFollowed(), new ReportFollowed.Report(List.of(), List.of(rule)));
  }

  private @Nullable String stage() {
    return quay.deployment(Objects.requireNonNull(quay.describe().currentServiceDeployment()))
        .lifecycleStage();
  }

  @Test
  void a_rollback_sends_the_traffic_back_at_once() {
    create(strategy("BLUE_GREEN"));
    update();
    lock.runAll();
    lock.allHealthy();
    assertThat(weights(lock.listenerArn)).containsExactly(0, 100);
    quay.harbour.call(
        new StopServiceDeployment(),
        StopServiceDeploymentRequest.builder()
            .serviceDeploymentArn(
                Objects.requireNonNull(quay.describe().currentServiceDeployment()))
            .build());
    assertThat(weights(lock.listenerArn)).containsExactly(100, 0);
    assertThat(weights(test)).containsExactly(100, 0);
    quay.harbour.advance(Duration.ofMinutes(5));
    lock.settle();
    assertThat(lock.targets()).extracting(Target::targetGroupArn).containsOnly(blue);
  }

  @Test
  void a_strategy_that_shifts_traffic_needs_a_second_group_and_a_rule() {
    assertThatThrownBy(() ->
            quay.create(
                lock.request(app, 1)
                    .deploymentConfiguration(strategy("BLUE_GREEN").bakeTimeInMinutes(0).build())))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessageStartingWith("The deployment strategy BLUE_GREEN needs advancedConfiguration");
  }
}
