package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.model.LoadBalancer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.CreateRuleInput;
import dev.longshore.shapes.elbv2.CreateRuleOutput;
import dev.longshore.shapes.elbv2.PriorityInUseException;
import dev.longshore.shapes.elbv2.Rule;
import dev.longshore.shapes.elbv2.TooManyRulesException;
import java.util.List;

/** Creates a rule of an application load balancer's listener. */
public final class CreateRule implements Command<CreateRuleInput, CreateRuleOutput> {
  static final int MOST = 100;

  @Override
  public CreateRuleOutput decide(Draft draft, CreateRuleInput request, Context context) {
    Listener listener = Listeners.existing(draft, request.listenerArn());
    LoadBalancer balancer = Forwardings.balancer(draft, listener);
    Faults.demand(
        balancer.isApplication(), "Rules are not supported on listeners of network load balancers");
    Rules.refuse(request.transforms());
    checkFree(draft, listener.arn(), request.priority());
    int rules = 0;
    for (Listener each : draft.by(Listener.OF_LOAD_BALANCER, balancer.arn())) {
      rules += draft.count(ListenerRule.OF_LISTENER, each.arn());
    }
    if (rules >= MOST) {
      throw new TooManyRulesException(
          "The maximum number of rules per load balancer has been reached");
    }
    String arn = Names.below(listener.arn(), "listener", "listener-rule", Names.id(context.ids()));
    Rule rule =
        Rule.builder()
            .ruleArn(arn)
            .priority(Integer.toString(request.priority()))
            .conditions(Conditions.normalised(request.conditions()))
            .actions(Actions.normalised(draft, request.actions(), true))
            .isDefault(false)
            .transforms(List.of())
            .build();
    draft.put(
        ListenerRule.KIND,
        new ListenerRule(
            arn,
            listener.arn(),
            request.priority(),
            rule,
            BalancingTags.put(List.of(), request.tags())));
    Forwardings.replace(draft, arn, balancer, rule.actions());
    return new CreateRuleOutput(List.of(rule));
  }

  /**
   * @throws PriorityInUseException another rule of the listener has it
   */
  static void checkFree(View view, String listenerArn, int priority) {
    for (ListenerRule each : view.by(ListenerRule.OF_LISTENER, listenerArn)) {
      if (each.priority() == priority) {
        throw new PriorityInUseException("Priority '" + priority + "' is currently in use");
      }
    }
  }
}
