package dev.longshore.core.service;

import static dev.longshore.core.operation.Given.list;

import dev.longshore.core.model.LifecycleStage;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.JsonLength;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.DeploymentLifecycleHook;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookAction;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStage;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTargetType;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookTimeoutConfiguration;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.UnsupportedFeatureException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks the hooks that a configuration asks for, and begins those of a stage. */
final class Hooks {
  /** What a function is told besides must be as short as JSON. */
  static final int MOST_DETAILS = 64 * 1024;

  private static final int MOST_MINUTES = 1_440;
  private static final int MOST_PAUSE_MINUTES = 20_160;
  private static final int MOST_OF_A_TYPE = 10;
  private static final List<String> NO_PAUSE =
      List.of(
          DeploymentLifecycleHookStage.TEST_TRAFFIC_SHIFT,
          DeploymentLifecycleHookStage.PRODUCTION_TRAFFIC_SHIFT);

  private Hooks() {}

  /**
   * @param functions whether there is somebody who runs functions
   * @throws InvalidParameterException a hook breaks a rule
   * @throws UnsupportedFeatureException it names a function, and nobody runs any
   */
  static void check(DeploymentConfiguration configuration, boolean functions) {
    List<DeploymentLifecycleHook> hooks = list(configuration.lifecycleHooks());
    for (String type : DeploymentLifecycleHookTargetType.VALUES) {
      long count = hooks.stream().filter(hook -> type(hook).equals(type)).count();
      demand(
          count <= MOST_OF_A_TYPE,
          "A deployment cannot have more than " + MOST_OF_A_TYPE + ' ' + type + " hooks.");
    }
    for (DeploymentLifecycleHook hook : hooks) {
      demand(
          DeploymentLifecycleHookTargetType.VALUES.contains(type(hook)),
          "targetType should be one of ["
              + String.join(",", DeploymentLifecycleHookTargetType.VALUES)
              + ']');
      checkStages(hook);
      checkTimeout(hook);
      if (!isPause(hook)) {
        checkFunction(hook, functions);
      }
    }
  }

  private static void checkStages(DeploymentLifecycleHook hook) {
    List<String> stages = list(hook.lifecycleStages());
    demand(!stages.isEmpty(), "lifecycleStages must be specified for each lifecycle hook.");
    for (String stage : stages) {
      boolean known = DeploymentLifecycleHookStage.VALUES.contains(stage);
      demand(
          known && !(isPause(hook) && NO_PAUSE.contains(stage)),
          "A " + type(hook) + " hook cannot be used in the lifecycle stage " + stage + '.');
    }
  }

  private static void checkTimeout(DeploymentLifecycleHook hook) {
    DeploymentLifecycleHookTimeoutConfiguration timeout = hook.timeoutConfiguration();
    if (timeout == null) {
      return;
    }
    int most = isPause(hook) ? MOST_PAUSE_MINUTES : MOST_MINUTES;
    Integer minutes = timeout.timeoutInMinutes();
    demand(
        minutes == null || (minutes >= 1 && minutes <= most),
        "timeoutInMinutes must be between 1 and " + most + '.');
    demand(
        timeout.action() == null || DeploymentLifecycleHookAction.VALUES.contains(timeout.action()),
        "action should be one of [" + String.join(",", DeploymentLifecycleHookAction.VALUES) + ']');
  }

  private static void checkFunction(DeploymentLifecycleHook hook, boolean functions) {
    String function = Given.text(hook.hookTargetArn());
    demand(!function.isEmpty(), "hookTargetArn must be specified for AWS_LAMBDA hooks.");
    demand(
        function.matches("arn:[a-z-]+:lambda:[a-z0-9-]+:[0-9]{12}:function:[A-Za-z0-9_:$-]{1,130}"),
        "hookTargetArn must be the ARN of a Lambda function: " + function);
    demand(
        !Given.text(hook.roleArn()).isEmpty(), "roleArn must be specified for AWS_LAMBDA hooks.");
    Object details = hook.hookDetails();
    demand(details == null || details instanceof Map<?, ?>, "hookDetails must be a JSON object.");
    demand(
        JsonLength.of(details) <= MOST_DETAILS,
        "hookDetails must not be longer than " + MOST_DETAILS + " bytes.");
    if (!functions) {
      throw new UnsupportedFeatureException(
          "Lifecycle hooks that call functions need somebody who runs them: start Longshore with"
              + " --functions-endpoint or AWS_ENDPOINT_URL_LAMBDA.");
    }
  }

  private static void demand(boolean holds, String otherwise) {
    if (!holds) {
      throw new InvalidParameterException(otherwise);
    }
  }

  /** Hooks were functions before there were others. */
  private static String type(DeploymentLifecycleHook hook) {
    return Objects.requireNonNullElse(
        hook.targetType(), DeploymentLifecycleHookTargetType.AWS_LAMBDA);
  }

  private static boolean isPause(DeploymentLifecycleHook hook) {
    return type(hook).equals(DeploymentLifecycleHookTargetType.PAUSE);
  }

  /** The hooks of a stage that is entered now. */
  static List<StageHook> of(
      DeploymentConfiguration configuration, LifecycleStage stage, Context context) {
    List<StageHook> hooks = new ArrayList<>();
    for (DeploymentLifecycleHook hook : list(configuration.lifecycleHooks())) {
      if (list(hook.lifecycleStages()).contains(stage.name())) {
        hooks.add(begun(hook, stage, context));
      }
    }
    return List.copyOf(hooks);
  }

  private static StageHook begun(
      DeploymentLifecycleHook hook, LifecycleStage stage, Context context) {
    DeploymentLifecycleHookTimeoutConfiguration timeout = hook.timeoutConfiguration();
    Integer minutes = timeout == null ? null : timeout.timeoutInMinutes();
    String action = timeout == null ? null : timeout.action();
    String late = Objects.requireNonNullElse(action, DeploymentLifecycleHookAction.ROLLBACK);
    Instant now = context.now();
    Instant end = now.plus(Duration.ofMinutes(Objects.requireNonNullElse(minutes, MOST_MINUTES)));
    String uuid = context.ids().uuid();
    return isPause(hook)
        ? StageHook.pause(uuid, stage, end, late)
        : StageHook.function(
            uuid,
            stage,
            Given.text(hook.hookTargetArn()),
            Given.text(hook.roleArn()),
            details(hook.hookDetails()),
            end,
            late,
            now);
  }

  /** An object of free JSON; empty where it is none. */
  static Map<String, @Nullable Object> details(@Nullable Object document) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    if (document instanceof Map<?, ?> members) {
      members.forEach((name, value) -> details.put(String.valueOf(name), value));
    }
    return Collections.unmodifiableMap(details);
  }
}
