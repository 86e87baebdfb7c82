package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.ModifyRuleInput;
import dev.longshore.shapes.elbv2.ModifyRuleOutput;
import dev.longshore.shapes.elbv2.Rule;
import java.util.List;

/** Changes a rule; what the request does not name stays. */
public final class ModifyRule implements Command<ModifyRuleInput, ModifyRuleOutput> {
  @Override
  public ModifyRuleOutput decide(Draft draft, ModifyRuleInput request, Context context) {
    ListenerRule row = Rules.existing(draft, request.ruleArn());
    Listener listener = Listeners.existing(draft, row.listenerArn());
    Rules.refuse(request.transforms());
    Rule.Builder after = row.specification().toBuilder();
    if (request.conditions() != null) {
      after.conditions(Conditions.normalised(request.conditions()));
    }
    if (request.actions() != null) {
      after.actions(Actions.normalised(draft, request.actions(), true));
    }
    Rule rule = after.build();
    draft.put(ListenerRule.KIND, row.withSpecification(rule));
    Forwardings.replace(draft, row.arn(), Forwardings.balancer(draft, listener), rule.actions());
    return new ModifyRuleOutput(List.of(rule));
  }
}
