package dev.longshore.core.balancing;

import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.DeleteRuleInput;
import dev.longshore.shapes.elbv2.DeleteRuleOutput;

/** Deletes a rule; default rules go with their listener only. */
public final class DeleteRule implements Command<DeleteRuleInput, DeleteRuleOutput> {
  @Override
  public DeleteRuleOutput decide(Draft draft, DeleteRuleInput request, Context context) {
    ListenerRule row = Rules.existing(draft, request.ruleArn());
    Forwardings.drop(draft, row.arn());
    draft.remove(ListenerRule.KIND, row.arn());
    return new DeleteRuleOutput();
  }
}
