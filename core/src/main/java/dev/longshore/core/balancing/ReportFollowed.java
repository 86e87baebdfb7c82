package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.model.TrafficShift;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.util.List;

/**
 * Told by the data plane: no gateway sends anything the way it was before. Not an action of the
 * API. Answers of how many rows waited for that.
 */
public final class ReportFollowed implements Command<ReportFollowed.Report, Integer> {
  /**
   * What is followed.
   *
   * @param targets keys of targets that were deregistered
   * @param rules ARNs by which traffic was shifted
   */
  public record Report(List<String> targets, List<String> rules) {}

  @Override
  public Integer decide(Draft draft, Report report, Context context) {
    int waited = 0;
    for (String key : report.targets()) {
      Target target = draft.find(Target.KIND, key);
      if (target != null && target.isDraining() && !hasDelay(draft, target)) {
        draft.remove(Target.KIND, key);
        waited++;
      }
    }
    for (String rule : report.rules()) {
      if (draft.find(TrafficShift.KIND, rule) != null) {
        draft.remove(TrafficShift.KIND, rule);
        waited++;
      }
    }
    return waited;
  }

  private static boolean hasDelay(Draft draft, Target target) {
    TargetGroup group = draft.find(TargetGroup.KIND, target.targetGroupArn());
    return group != null && group.deregistrationDelay() > 0;
  }
}
