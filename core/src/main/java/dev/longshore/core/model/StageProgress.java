package dev.longshore.core.model;

import dev.longshore.shapes.ecs.DeploymentLifecycleHookDetail;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a deployment that shifts traffic has come.
 *
 * @param since when the stage was entered
 * @param step which step of the production shift is next or under way, from 0
 * @param shiftedAt when this stage's shift was seen to be done; null before that
 * @param testWeight percent of test traffic that goes to the new revision
 * @param productionWeight percent of production traffic that goes to the new revision
 * @param hooks those of this stage, in the order of their configuration
 */
public record StageProgress(
    LifecycleStage stage,
    Instant since,
    int step,
    @Nullable Instant shiftedAt,
    double testWeight,
    double productionWeight,
    List<DeploymentLifecycleHookDetail> hooks) {
  /** Before the first stage's hooks are known. */
  public static StageProgress begun(List<DeploymentLifecycleHookDetail> hooks, Instant now) {
    return new StageProgress(LifecycleStage.RECONCILE_SERVICE, now, 0, null, 0, 0, hooks);
  }

  /** In another stage, or in the same one with the next step. */
  public StageProgress entered(
      LifecycleStage next, int atStep, List<DeploymentLifecycleHookDetail> awaited, Instant now) {
    return new StageProgress(next, now, atStep, null, testWeight, productionWeight, awaited);
  }

  /** The shift of this stage is done. */
  public StageProgress shifted(double test, double production, Instant now) {
    return new StageProgress(stage, since, step, now, test, production, hooks);
  }

  public StageProgress withHooks(List<DeploymentLifecycleHookDetail> value) {
    return new StageProgress(stage, since, step, shiftedAt, testWeight, productionWeight, value);
  }
}
