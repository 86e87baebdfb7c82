package dev.longshore.core.model;

import java.time.Instant;
import java.util.ArrayList;
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
 * @param hooks those of this stage, in the order of their configuration; of a deployment that goes
 *     back, those that had ended and those that are told of it
 */
public record StageProgress(
    LifecycleStage stage,
    Instant since,
    int step,
    @Nullable Instant shiftedAt,
    double testWeight,
    double productionWeight,
    List<StageHook> hooks) {
  /** Before the first stage's hooks are known. */
  public static StageProgress begun(List<StageHook> hooks, Instant now) {
    return new StageProgress(LifecycleStage.RECONCILE_SERVICE, now, 0, null, 0, 0, hooks);
  }

  /** In another stage, or in the same one with the next step. */
  public StageProgress entered(
      LifecycleStage next, int atStep, List<StageHook> awaited, Instant now) {
    return new StageProgress(next, now, atStep, null, testWeight, productionWeight, awaited);
  }

  /** The shift of this stage is done. */
  public StageProgress shifted(double test, double production, Instant now) {
    return new StageProgress(stage, since, step, now, test, production, hooks);
  }

  public StageProgress withHooks(List<StageHook> value) {
    return new StageProgress(stage, since, step, shiftedAt, testWeight, productionWeight, value);
  }

  /** With another hook in the place of the one of its id. */
  public StageProgress with(StageHook changed) {
    List<StageHook> all = new ArrayList<>();
    hooks.forEach(hook -> all.add(hook.id().equals(changed.id()) ? changed : hook));
    return withHooks(List.copyOf(all));
  }

  /** The hook of that id, while it is awaited; null: there is none, or not any more. */
  public @Nullable StageHook awaited(String hookId) {
    for (StageHook hook : hooks) {
      if (hook.id().equals(hookId) && hook.isAwaited()) {
        return hook;
      }
    }
    return null;
  }

  /** With hooks that are too late at that time marked as such. */
  public StageProgress at(Instant now) {
    return withHooks(hooks.stream().map(hook -> hook.at(now)).toList());
  }

  /** Whether the function of a hook is to be asked, now or later. */
  boolean asksFunctions() {
    return hooks.stream().anyMatch(hook -> hook.callAt() != null);
  }
}
