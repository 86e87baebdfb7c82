package dev.longshore.core.service;

import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.model.StageProgress;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.JsonLength;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeploymentLifecycleHookStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Takes in what a function answered that a deployment waits for. No action of ECS: the door for
 * whoever calls functions. Whatever is no well-formed answer speaks against going on, as on ECS.
 */
public final class ReportHookAnswer implements Command<ReportHookAnswer.Report, Boolean> {
  /** When a function is asked again that does not say when. */
  static final Duration USUAL_DELAY = Duration.ofSeconds(30);

  /** A function that wants to be asked at once would be asked without end. */
  private static final long LEAST_DELAY_SECONDS = 1;

  private static final long MOST_DELAY_SECONDS = Duration.ofDays(1).toSeconds();

  /**
   * What came of a call.
   *
   * @param answers of the call, by which an answer that comes twice or too late is known
   * @param answer the function's, as free JSON; null where there is none
   * @param failure why there is none; empty where there is one
   */
  public record Report(
      String deploymentArn,
      String hookId,
      int answers,
      @Nullable Map<String, @Nullable Object> answer,
      String failure) {
    /** The function answered that object. */
    public static Report answered(FunctionCall call, Map<String, @Nullable Object> answer) {
      return new Report(call.deploymentArn(), call.hookId(), call.answers(), answer, "");
    }

    /** The function could not be asked, or gave no answer. */
    public static Report failed(FunctionCall call, String reason) {
      return new Report(call.deploymentArn(), call.hookId(), call.answers(), null, reason);
    }
  }

  /** Returns whether the answer counts: nobody waits for one that is late or was taken before. */
  @Override
  public Boolean decide(Draft draft, Report report, Context context) {
    ServiceDeployment row = draft.find(ServiceDeployment.KIND, report.deploymentArn());
    StageProgress progress = row == null || row.status().isFinal() ? null : row.stages();
    StageHook hook = progress == null ? null : progress.awaited(report.hookId());
    if (row == null || progress == null || hook == null || hook.answers() != report.answers()) {
      return false;
    }
    StageHook after = after(hook, report, context);
    draft.put(ServiceDeployment.KIND, row.edit().stages(progress.with(after)).build());
    return true;
  }

  private static StageHook after(StageHook hook, Report report, Context context) {
    Map<String, @Nullable Object> answer = report.answer();
    if (answer == null) {
      return failed(hook, report.failure());
    }
    String status = answer.get("hookStatus") instanceof String text ? text : "";
    return switch (status) {
      case DeploymentLifecycleHookStatus.SUCCEEDED ->
          hook.ended(DeploymentLifecycleHookStatus.SUCCEEDED, "");
      case DeploymentLifecycleHookStatus.FAILED -> failed(hook, "");
      case DeploymentLifecycleHookStatus.IN_PROGRESS -> again(hook, answer, context);
      default -> failed(hook, "The function returned no valid hookStatus.");
    };
  }

  private static StageHook failed(StageHook hook, String reason) {
    return hook.ended(DeploymentLifecycleHookStatus.FAILED, reason);
  }

  private static StageHook again(
      StageHook hook, Map<String, @Nullable Object> answer, Context context) {
    Object delay = answer.get("callBackDelay");
    Object more = answer.get("hookDetails");
    if ((delay != null && !(delay instanceof Number))
        || (more != null && !(more instanceof Map<?, ?>))) {
      return failed(hook, "The function returned no valid callBackDelay or hookDetails.");
    }
    Map<String, @Nullable Object> details = new LinkedHashMap<>(hook.details());
    details.putAll(Hooks.details(more));
    if (JsonLength.of(details) > Hooks.MOST_DETAILS) {
      return failed(hook, "hookDetails grew beyond " + Hooks.MOST_DETAILS + " bytes.");
    }
    long seconds =
        delay instanceof Number number
            ? Math.clamp(number.longValue(), LEAST_DELAY_SECONDS, MOST_DELAY_SECONDS)
            : USUAL_DELAY.toSeconds();
    return hook.again(Collections.unmodifiableMap(details), context.now().plusSeconds(seconds));
  }
}
