package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.List;

/**
 * Told by the data plane: the health of targets is another now. Not an action of the API. Targets
 * that are gone or draining are passed over. Answers of how many this was news.
 */
public final class ReportTargetHealth implements Command<ReportTargetHealth.Report, Integer> {
  /**
   * What was found of one target.
   *
   * @param state as the API names it, for example {@code healthy}
   * @param reason "" for none
   * @param description "" for none
   */
  public record Found(
      String targetGroupArn,
      String targetId,
      int port,
      String state,
      String reason,
      String description) {}

  /** What was found since the report before. */
  public record Report(List<Found> found) {}

  @Override
  public Integer decide(Draft draft, Report report, Context context) {
    int news = 0;
    for (Found each : report.found()) {
      Target target =
          draft.find(Target.KIND, Target.key(each.targetGroupArn(), each.targetId(), each.port()));
      if (target != null && !target.isDraining() && !each.state().equals(Target.DRAINING)) {
        Target now = target.found(each.state(), each.reason(), each.description());
        news += now.equals(target) ? 0 : 1;
        draft.put(Target.KIND, now);
      }
    }
    return news;
  }
}
