package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.LifecycleStage;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.StageHook;
import dev.longshore.core.model.StageProgress;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A function that a deployment waits for is to be asked whether the deployment may go on. Whoever
 * calls it tells the answer by {@link ReportHookAnswer}; until then the call is due, also after a
 * restart, so that a function may be asked twice and its answer is taken once.
 *
 * @param answers how many answers of the hook were taken before
 * @param executionId the same whenever the function is asked for this hook
 * @param callAt when it is due
 * @param expiresAt when the deployment stops waiting
 * @param payload what the function is told, as free JSON
 */
public record FunctionCall(
    String deploymentArn,
    String serviceArn,
    String hookId,
    int answers,
    String executionId,
    String functionArn,
    String roleArn,
    Instant callAt,
    Instant expiresAt,
    Map<String, @Nullable Object> payload) {
  private static final double WHOLE = 100;

  /** All calls that are due now or later. */
  public static List<FunctionCall> all(View view) {
    List<FunctionCall> calls = new ArrayList<>();
    for (ServiceDeployment row : view.by(ServiceDeployment.ASKING, ServiceDeployment.FUNCTIONS)) {
      for (StageHook hook : Objects.requireNonNull(row.stages()).hooks()) {
        if (hook.callAt() != null && hook.functionArn() != null) {
          calls.add(of(view, row, hook, hook.functionArn(), hook.callAt()));
        }
      }
    }
    return calls;
  }

  private static FunctionCall of(
      View view, ServiceDeployment row, StageHook hook, String functionArn, Instant callAt) {
    return new FunctionCall(
        row.arn(),
        row.serviceArn(),
        hook.id(),
        hook.answers(),
        hook.executionId(),
        functionArn,
        hook.roleArn(),
        callAt,
        hook.expiresAt(),
        payload(view, row, hook));
  }

  private static Map<String, @Nullable Object> payload(
      View view, ServiceDeployment row, StageHook hook) {
    Map<String, @Nullable Object> details = new LinkedHashMap<>();
    details.put("serviceArn", row.serviceArn());
    details.put("targetServiceRevisionArn", row.targetRevisionArn());
    details.put("testTrafficWeights", weights(view, row, test(row, hook)));
    details.put("productionTrafficWeights", weights(view, row, production(row, hook)));
    Map<String, @Nullable Object> payload = new LinkedHashMap<>();
    payload.put("executionId", hook.executionId());
    payload.put("lifecycleStage", hook.stage().name());
    payload.put("resourceArn", row.arn());
    payload.put("executionDetails", details);
    if (!hook.details().isEmpty()) {
      payload.put("hookDetails", hook.details());
    }
    return payload;
  }

  /** What the new revision's share is about to be; null in stages that shift no such traffic. */
  private static @Nullable Double test(ServiceDeployment row, StageHook hook) {
    if (hook.stage() != LifecycleStage.TEST_TRAFFIC_SHIFT) {
      return null;
    }
    return row.rollback() == null ? WHOLE : 0;
  }

  private static @Nullable Double production(ServiceDeployment row, StageHook hook) {
    StageProgress progress = Objects.requireNonNull(row.stages());
    if (hook.stage() == LifecycleStage.PRE_PRODUCTION_TRAFFIC_SHIFT) {
      return progress.productionWeight();
    }
    if (hook.stage() != LifecycleStage.PRODUCTION_TRAFFIC_SHIFT) {
      return null;
    }
    return row.rollback() == null
        ? Strategy.weight(row.configuration(), progress.step())
        : Double.valueOf(0);
  }

  private static Map<String, Object> weights(
      View view, ServiceDeployment row, @Nullable Double target) {
    Map<String, Object> weights = new LinkedHashMap<>();
    if (target != null) {
      weights.put(row.targetRevisionArn(), number(target));
      String source = source(view, row);
      if (source != null) {
        weights.put(source, number(WHOLE - target));
      }
    }
    return weights;
  }

  /** The revision that has what the new one has not; null for a service's first one. */
  private static @Nullable String source(View view, ServiceDeployment row) {
    if (row.rollback() != null) {
      return row.rollback().serviceRevisionArn();
    }
    Service service = view.find(Service.KIND, row.serviceArn());
    Deployment fallback = service == null ? null : service.fallback();
    if (fallback != null) {
      return ServiceRevision.arnOf(row.serviceArn(), fallback.id());
    }
    return row.sourceRevisionArns().isEmpty() ? null : row.sourceRevisionArns().getFirst();
  }

  /** Whole percents without a fraction, as functions that count on integers want them. */
  private static Object number(double percent) {
    double tenths = Math.rint(percent * 10) / 10;
    return tenths == Math.rint(tenths) ? (Object) (int) tenths : (Object) tenths;
  }
}
