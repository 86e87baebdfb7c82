package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.DescribeRulesInput;
import dev.longshore.shapes.elbv2.DescribeRulesOutput;
import dev.longshore.shapes.elbv2.Rule;
import java.util.List;

/** Describes rules: by ARN, or those of a listener in the order in which they are asked. */
public final class DescribeRules implements Query<DescribeRulesInput, DescribeRulesOutput> {
  @Override
  public DescribeRulesOutput answer(View view, DescribeRulesInput request, Context context) {
    List<String> arns = Given.list(request.ruleArns());
    String listenerArn = request.listenerArn();
    Faults.demand(
        arns.isEmpty() != (listenerArn == null),
        "You must specify either listener rule ARNs or a listener ARN");
    if (listenerArn == null) {
      return new DescribeRulesOutput(
          arns.stream().map(arn -> Rules.shown(view, arn)).toList(), null);
    }
    List<Rule> rules = Rules.of(view, Listeners.existing(view, listenerArn));
    var paging = Pages.of("DescribeRules", request.marker(), request.pageSize());
    String last = paging.after();
    var page =
        paging.page(
            last == null ? rules : rules.stream().filter(rule -> comesAfter(rule, last)).toList(),
            rule -> Given.text(rule.priority()),
            rule -> rule);
    return new DescribeRulesOutput(page.items(), page.nextToken());
  }

  private static boolean comesAfter(Rule rule, String priority) {
    return order(Given.text(rule.priority())) > order(priority);
  }

  private static int order(String priority) {
    return priority.matches("[0-9]{1,6}") ? Integer.parseInt(priority) : Integer.MAX_VALUE;
  }
}
