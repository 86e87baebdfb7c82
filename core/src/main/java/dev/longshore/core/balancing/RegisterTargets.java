package dev.longshore.core.balancing;

import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.RegisterTargetsInput;
import dev.longshore.shapes.elbv2.RegisterTargetsOutput;
import dev.longshore.shapes.elbv2.TargetDescription;

/** Registers targets with a group. */
public final class RegisterTargets implements Command<RegisterTargetsInput, RegisterTargetsOutput> {
  @Override
  public RegisterTargetsOutput decide(Draft draft, RegisterTargetsInput request, Context context) {
    TargetGroup group = TargetGroups.existing(draft, request.targetGroupArn());
    Faults.demand(!request.targets().isEmpty(), "At least one target must be specified");
    Targets.check(draft, group, request.targets());
    for (TargetDescription target : request.targets()) {
      Targets.register(draft, group, target.id(), Targets.port(group, target), null);
    }
    return new RegisterTargetsOutput();
  }
}
