package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.DeregisterTargetsInput;
import dev.longshore.shapes.elbv2.DeregisterTargetsOutput;
import dev.longshore.shapes.elbv2.TargetDescription;

/** Lets targets go; without a port, all that have the id. One that is not there is no error. */
public final class DeregisterTargets
    implements Command<DeregisterTargetsInput, DeregisterTargetsOutput> {
  @Override
  public DeregisterTargetsOutput decide(
      Draft draft, DeregisterTargetsInput request, Context context) {
    TargetGroup group = TargetGroups.existing(draft, request.targetGroupArn());
    Faults.demand(!request.targets().isEmpty(), "At least one target must be specified");
    for (TargetDescription description : request.targets()) {
      for (Target target : draft.by(Target.BY_ID, description.id())) {
        boolean meant =
            target.targetGroupArn().equals(group.arn())
                && (description.port() == null || description.port() == target.port());
        if (meant) {
          Targets.deregister(draft, group, target, context.now());
        }
      }
    }
    return new DeregisterTargetsOutput();
  }
}
