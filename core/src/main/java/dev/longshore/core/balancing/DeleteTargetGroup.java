package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.DeleteTargetGroupInput;
import dev.longshore.shapes.elbv2.DeleteTargetGroupOutput;
import dev.longshore.shapes.elbv2.ResourceInUseException;

/** Deletes a target group that nothing sends to, with its targets. */
public final class DeleteTargetGroup
    implements Command<DeleteTargetGroupInput, DeleteTargetGroupOutput> {
  @Override
  public DeleteTargetGroupOutput decide(
      Draft draft, DeleteTargetGroupInput request, Context context) {
    String arn = request.targetGroupArn();
    Names.checkArn(arn, "targetgroup", "target group");
    if (draft.find(TargetGroup.KIND, arn) == null) {
      return new DeleteTargetGroupOutput();
    }
    if (Forwardings.isUsed(draft, arn)) {
      throw new ResourceInUseException(
          "Target group '" + arn + "' is currently in use by a listener or a rule");
    }
    for (Target target : draft.by(Target.OF_GROUP, arn)) {
      draft.remove(Target.KIND, target.key());
    }
    draft.remove(TargetGroup.KIND, arn);
    return new DeleteTargetGroupOutput();
  }
}
