package dev.longshore.core.balancing;

import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.PriorityInUseException;
import dev.longshore.shapes.elbv2.Rule;
import dev.longshore.shapes.elbv2.RulePriorityPair;
import dev.longshore.shapes.elbv2.SetRulePrioritiesInput;
import dev.longshore.shapes.elbv2.SetRulePrioritiesOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Puts rules of one listener into another order, all at once. */
public final class SetRulePriorities
    implements Command<SetRulePrioritiesInput, SetRulePrioritiesOutput> {
  @Override
  public SetRulePrioritiesOutput decide(
      Draft draft, SetRulePrioritiesInput request, Context context) {
    Faults.demand(!request.rulePriorities().isEmpty(), "A rule priority must be specified");
    TreeSet<String> listeners = new TreeSet<>();
    List<Rule> rules = new ArrayList<>();
    for (RulePriorityPair pair : request.rulePriorities()) {
      ListenerRule row = Rules.existing(draft, Given.text(pair.ruleArn()));
      Integer priority = pair.priority();
      if (priority == null) {
        throw Faults.invalid("A rule priority must be specified");
      }
      ListenerRule moved = row.withPriority(priority);
      listeners.add(row.listenerArn());
      draft.put(ListenerRule.KIND, moved);
      rules.add(moved.specification());
    }
    Faults.demand(listeners.size() == 1, "All rules must be of the same listener");
    TreeSet<Integer> taken = new TreeSet<>();
    for (ListenerRule each : draft.by(ListenerRule.OF_LISTENER, listeners.first())) {
      if (!taken.add(each.priority())) {
        throw new PriorityInUseException("Priority '" + each.priority() + "' is currently in use");
      }
    }
    return new SetRulePrioritiesOutput(List.copyOf(rules));
  }
}
