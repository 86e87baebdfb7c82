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
import dev.longshore.shapes.ecs.ServiceDeployment;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Functions that are asked whether a deployment may go on; the test calls them. */
class FunctionHooksTest {
  private static final String FUNCTION = "arn:aws:lambda:us-east-1:123456789012:function:look";
  private static final String ROLE = "arn:aws:iam::123456789012:role/hooks";

  /** Traffic that is wherever it was sent. */
  private static final class Obedient implements Traffic {
    @Override
    public void check(dev.longshore.shapes.ecs.Service specification, String strategy) {}

    @Override
    public boolean shift(
        Draft draft, Service service, String revisionArn, Kind kind, double percent) {
      return true;
    }
  }

  private final Quay quay = new Quay(new Obedient()).instance("a1", "a").instance("b1", "b");
  private final String app = quay.definition("app");

  private static DeploymentLifecycleHook.Builder hook(String... stages) {
    return DeploymentLifecycleHook.builder()
        .targetType("AWS_LAMBDA")
        .hookTargetArn(FUNCTION)
        .roleArn(ROLE)
        .lifecycleStages(List.of(stages));
  }

  private static DeploymentConfiguration.Builder configuration(
      DeploymentLifecycleHook.Builder... hooks) {
    return DeploymentConfiguration.builder()
        .strategy("BLUE_GREEN")
        .bakeTimeInMinutes(0)
        .lifecycleHooks(Arrays.stream(hooks).map(DeploymentLifecycleHook.Builder::build).toList());
  }

  /** A service of two tasks, completed, and then updated under that configuration. */
  private String updated(DeploymentConfiguration.Builder configuration) {
    quay.create(Quay.request("web", app, 2).deploymentConfiguration(Quay.percents(100, 200)));
    quay.settle();
    String second = quay.definition("app");
    quay.update(
        request -> request.taskDefinition(second).deploymentConfiguration(configuration.build()));
    quay.settle();
    return second;
  }

  private ServiceDeployment current() {
    return quay.deployment(Objects.requireNonNull(quay.describe().currentServiceDeployment()));
  }

  private DeploymentLifecycleHookDetail shown() {
    return Objects.requireNonNull(current().lifecycleHookDetails()).getLast();
  }

  private List<FunctionCall> calls() {
    return FunctionCall.all(quay.harbour.state());
  }

  private FunctionCall call() {
    assertThat(calls()).hasSize(1);
    return calls().getFirst();
  }

  private boolean answer(FunctionCall call, Map<String, @Nullable Object> answer) {
    return quay.harbour.call(
        new ReportHookAnswer(), ReportHookAnswer.Report.answered(call, answer));
  }

  private void answer(String status) {
    assertThat(answer(call(), Map.of("hookStatus", status))).isTrue();
    quay.settle();
  }

  private static Object weights(FunctionCall call, String kind) {
    return Objects.requireNonNull(details(call).get(kind));
  }

  private static Map<?, ?> details(FunctionCall call) {
    return (Map<?, ?>) Objects.requireNonNull(call.payload().get("executionDetails"));
  }

  private String target() {
    return Objects.requireNonNull(Objects.requireNonNull(current().targetServiceRevision()).arn());
  }

  private String source() {
    return Objects.requireNonNull(
        Objects.requireNonNull(current().sourceServiceRevisions()).getFirst().arn());
  }

  @Test
  void a_function_is_told_of_the_deployment_and_lets_it_go_on() {
    updated(configuration(hook("POST_SCALE_UP").hookDetails(Map.of("bucket", "b"))));
    FunctionCall call = call();
    assertThat(call.functionArn()).isEqualTo(FUNCTION);
    assertThat(call.roleArn()).isEqualTo(ROLE);
    assertThat(call.callAt()).isEqualTo(quay.harbour.now());
    assertThat(call.payload())
        .containsOnlyKeys(
            "executionId", "lifecycleStage", "resourceArn", "executionDetails", "hookDetails")
        .containsEntry("lifecycleStage", "POST_SCALE_UP")
        .containsEntry("resourceArn", current().serviceDeploymentArn())
        .containsEntry("hookDetails", Map.of("bucket", "b"));
    assertThat(details(call))
        .isEqualTo(
            Map.of(
                "serviceArn",
                quay.web().arn(),
                "targetServiceRevisionArn",
                target(),
                "testTrafficWeights",
                Map.of(),
                "productionTrafficWeights",
                Map.of()));
    assertThat(shown().targetType()).isEqualTo("AWS_LAMBDA");
    assertThat(shown().targetArn()).isEqualTo(FUNCTION);
    assertThat(shown().status()).isEqualTo("IN_PROGRESS");
    assertThat(shown().hookId()).isEqualTo("ecs-lambda-" + call.executionId());
    assertThat(shown().expiresAt()).isEqualTo(quay.harbour.now().plus(Duration.ofDays(1)));
    answer("SUCCEEDED");
    assertThat(calls()).isEmpty();
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void what_is_no_answer_rolls_the_deployment_back() {
    List<Map<String, @Nullable Object>> answers =
        List.of(
            Map.of(),
            Map.of("hookStatus", "FAILED"),
            Map.of("hookStatus", "succeeded"),
            Map.of("hookStatus", 1),
            Map.of("hookStatus", "IN_PROGRESS", "callBackDelay", "soon"),
            Map.of("hookStatus", "IN_PROGRESS", "hookDetails", "text"));
    updated(configuration(hook("POST_SCALE_UP")));
    List<Task> blue = quay.wanted(app);
    for (Map<String, @Nullable Object> each : answers) {
      assertThat(answer(call(), each)).isTrue();
      quay.settle();
      assertThat(current().status()).as("%s", each).isEqualTo("ROLLBACK_SUCCESSFUL");
      assertThat(current().statusReason())
          .isEqualTo(
              "Service deployment rolled back because POST_SCALE_UP lifecycle hook(s) failed.");
      assertThat(shown().status()).isEqualTo("FAILED");
      assertThat(quay.live()).isEqualTo(blue);
      quay.update(request -> request.forceNewDeployment(true));
      quay.settle();
    }
    assertThat(quay.events())
        .anyMatch(event ->
            event.endsWith(
                "deployment failed: Service deployment rolled back because POST_SCALE_UP"
                    + " lifecycle hook(s) failed. The function returned no valid"
                    + " hookStatus."));
  }

  @Test
  void a_function_that_cannot_be_asked_rolls_the_deployment_back_and_the_event_says_why() {
    updated(configuration(hook("PRE_SCALE_UP")));
    quay.harbour.call(
        new ReportHookAnswer(), ReportHookAnswer.Report.failed(call(), "Nobody is there."));
    quay.settle();
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
    assertThat(quay.events())
        .anyMatch(
            event -> event.endsWith("PRE_SCALE_UP lifecycle hook(s) failed. Nobody is there."));
  }

  @Test
  void a_function_in_progress_is_asked_again_with_what_it_said() {
    updated(configuration(hook("POST_SCALE_UP").hookDetails(Map.of("bucket", "b", "seen", 0))));
    FunctionCall first = call();
    Instant now = quay.harbour.now();
    answer(first, Map.of("hookStatus", "IN_PROGRESS", "hookDetails", Map.of("seen", 1)));
    assertThat(call().callAt()).isEqualTo(now.plusSeconds(30));
    assertThat(call().executionId()).isEqualTo(first.executionId());
    assertThat(call().payload().get("hookDetails")).isEqualTo(Map.of("bucket", "b", "seen", 1));
    assertThat(current().lifecycleStage()).isEqualTo("POST_SCALE_UP");
    answer(call(), Map.of("hookStatus", "IN_PROGRESS", "callBackDelay", 60));
    assertThat(call().callAt()).isEqualTo(now.plusSeconds(60));
    answer(call(), Map.of("hookStatus", "IN_PROGRESS", "callBackDelay", -5));
    assertThat(call().callAt()).isEqualTo(now.plusSeconds(1));
    answer("SUCCEEDED");
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void an_answer_counts_once() {
    updated(configuration(hook("POST_SCALE_UP")));
    FunctionCall first = call();
    assertThat(answer(first, Map.of("hookStatus", "IN_PROGRESS"))).isTrue();
    assertThat(answer(first, Map.of("hookStatus", "FAILED"))).isFalse();
    assertThat(current().status()).isEqualTo("IN_PROGRESS");
    FunctionCall second = call();
    answer("SUCCEEDED");
    assertThat(answer(second, Map.of("hookStatus", "FAILED"))).isFalse();
    assertThat(current().status()).isEqualTo("SUCCESSFUL");
  }

  @Test
  void all_functions_of_a_stage_are_asked_at_once_and_one_is_enough_to_go_back() {
    updated(configuration(hook("POST_SCALE_UP"), hook("POST_SCALE_UP"), hook("PRE_SCALE_UP")));
    answer("SUCCEEDED");
    assertThat(calls()).hasSize(2);
    answer(calls().getLast(), Map.of("hookStatus", "SUCCEEDED"));
    quay.settle();
    assertThat(current().lifecycleStage()).isEqualTo("POST_SCALE_UP");
    answer("FAILED");
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void a_function_that_takes_too_long_does_what_it_was_told_to() {
    for (String action : List.of("CONTINUE", "ROLLBACK")) {
      var timeout =
          DeploymentLifecycleHookTimeoutConfiguration.builder()
              .timeoutInMinutes(7)
              .action(action)
              .build();
      FunctionHooksTest other = new FunctionHooksTest();
      other.updated(configuration(hook("POST_SCALE_UP").timeoutConfiguration(timeout)));
      FunctionCall call = other.call();
      other.quay.harbour.advance(Duration.ofMinutes(7));
      other.quay.settle();
      assertThat(other.current().status())
          .isEqualTo(action.equals("CONTINUE") ? "SUCCESSFUL" : "ROLLBACK_SUCCESSFUL");
      assertThat(other.answer(call, Map.of("hookStatus", "FAILED"))).isFalse();
      if (action.equals("ROLLBACK")) {
        assertThat(other.shown().status()).isEqualTo("TIMED_OUT");
      }
    }
  }

  @Test
  void shifts_are_told_with_their_weights_and_the_way_back_with_the_reverse() {
    updated(
        configuration(
                hook(
                    "TEST_TRAFFIC_SHIFT",
                    "PRE_PRODUCTION_TRAFFIC_SHIFT",
                    "PRODUCTION_TRAFFIC_SHIFT"))
            .strategy("CANARY")
            .canaryConfiguration(
                CanaryConfiguration.builder()
                    .canaryPercent(12.5)
                    .canaryBakeTimeInMinutes(1)
                    .build()));
    assertThat(weights(call(), "testTrafficWeights")).isEqualTo(Map.of(target(), 100, source(), 0));
    assertThat(weights(call(), "productionTrafficWeights")).isEqualTo(Map.of());
    answer("SUCCEEDED");
    assertThat(call().payload()).containsEntry("lifecycleStage", "PRE_PRODUCTION_TRAFFIC_SHIFT");
    assertThat(weights(call(), "productionTrafficWeights"))
        .isEqualTo(Map.of(target(), 0, source(), 100));
    answer("SUCCEEDED");
    assertThat(weights(call(), "productionTrafficWeights"))
        .isEqualTo(Map.of(target(), 12.5, source(), 87.5));
    answer("SUCCEEDED");
    quay.harbour.advance(Duration.ofMinutes(1));
    assertThat(weights(call(), "productionTrafficWeights"))
        .isEqualTo(Map.of(target(), 12.5, source(), 87.5));
    answer("FAILED");
    assertThat(current().status()).isEqualTo("ROLLBACK_IN_PROGRESS");
    assertThat(calls())
        .extracting(call -> call.payload().get("lifecycleStage"))
        .containsExactly("PRODUCTION_TRAFFIC_SHIFT", "TEST_TRAFFIC_SHIFT");
    assertThat(weights(calls().getFirst(), "productionTrafficWeights"))
        .isEqualTo(Map.of(target(), 0, source(), 100));
    assertThat(weights(calls().getLast(), "testTrafficWeights"))
        .isEqualTo(Map.of(target(), 0, source(), 100));
    answer(calls().getFirst(), Map.of("hookStatus", "SUCCEEDED"));
    assertThat(current().status()).isEqualTo("ROLLBACK_IN_PROGRESS");
    answer("FAILED");
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void a_service_is_only_reconciled_where_several_revisions_have_tasks() {
    updated(configuration(hook("RECONCILE_SERVICE"), hook("POST_SCALE_UP")));
    assertThat(current().lifecycleStage()).isEqualTo("POST_SCALE_UP");
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(call().payload()).containsEntry("lifecycleStage", "RECONCILE_SERVICE");
  }

  @Test
  void a_function_is_no_pause_that_somebody_could_end() {
    updated(configuration(hook("POST_SCALE_UP")));
    assertThatThrownBy(() ->
            quay.harbour.call(
                new ContinueServiceDeployment(),
                new ContinueServiceDeploymentRequest(
                    Objects.requireNonNull(current().serviceDeploymentArn()),
                    Objects.requireNonNull(shown().hookId()),
                    null)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void a_deployment_that_is_superseded_asks_nobody_any_more() {
    updated(configuration(hook("POST_SCALE_UP")));
    FunctionCall call = call();
    quay.update(request -> request.forceNewDeployment(true));
    assertThat(answer(call, Map.of("hookStatus", "FAILED"))).isFalse();
    quay.delete(true);
    assertThat(calls()).isEmpty();
  }

  @Test
  void details_that_grow_without_end_are_refused() {
    updated(configuration(hook("POST_SCALE_UP")));
    String large = "x".repeat(Hooks.MOST_DETAILS);
    answer(call(), Map.of("hookStatus", "IN_PROGRESS", "hookDetails", Map.of("a", large)));
    quay.settle();
    assertThat(current().status()).isEqualTo("ROLLBACK_SUCCESSFUL");
  }

  @Test
  void bad_functions_are_the_callers_fault() {
    List<UnaryOperator<DeploymentLifecycleHook.Builder>> bad =
        List.of(
            hook -> hook.hookTargetArn(null),
            hook -> hook.hookTargetArn("look"),
            hook -> hook.roleArn(null),
            hook -> hook.lifecycleStages(null),
            hook -> hook.lifecycleStages(List.of("BAKE_TIME")),
            hook -> hook.targetType("HTTP"),
            hook -> hook.hookDetails("text"),
            hook -> hook.hookDetails(Map.of("a", "x".repeat(Hooks.MOST_DETAILS))),
            hook ->
                hook.timeoutConfiguration(
                    DeploymentLifecycleHookTimeoutConfiguration.builder()
                        .timeoutInMinutes(1_441)
                        .build()));
    for (UnaryOperator<DeploymentLifecycleHook.Builder> each : bad) {
      var asked = configuration(each.apply(hook("POST_SCALE_UP"))).build();
      assertThatThrownBy(
              () -> quay.create(Quay.request("web", app, 1).deploymentConfiguration(asked)))
          .isInstanceOf(InvalidParameterException.class);
    }
    var many =
        configuration()
            .lifecycleHooks(Collections.nCopies(11, hook("PRE_SCALE_UP").build()))
            .build();
    assertThatThrownBy(() -> quay.create(Quay.request("web", app, 1).deploymentConfiguration(many)))
        .hasMessage("A deployment cannot have more than 10 AWS_LAMBDA hooks.");
  }

  @Test
  void where_nobody_runs_functions_hooks_that_name_one_are_refused() {
    var request =
        Quay.request("web", app, 1)
            .deploymentConfiguration(configuration(hook("POST_SCALE_UP")).build())
            .build();
    assertThatThrownBy(() -> quay.harbour.call(new CreateService(new Obedient(), false), request))
        .isInstanceOf(UnsupportedFeatureException.class)
        .hasMessageContaining("--functions-endpoint");
  }
}
