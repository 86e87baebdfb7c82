package dev.longshore.core.balancing;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.elbv2.AddTagsInput;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerInput;
import dev.longshore.shapes.elbv2.CreateRuleInput;
import dev.longshore.shapes.elbv2.CreateTargetGroupInput;
import dev.longshore.shapes.elbv2.RemoveTagsInput;
import dev.longshore.shapes.elbv2.RulePriorityPair;
import dev.longshore.shapes.elbv2.SetRulePrioritiesInput;
import dev.longshore.shapes.elbv2.Tag;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What callers must be allowed to do: the action on the resource that the request names. All
 * Describe actions are on everything, for AWS gives them no resource level.
 */
final class BalancingNeeds implements Needs {
  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    String name = action.substring(action.indexOf(':') + 1);
    if (name.startsWith("Describe")) {
      return List.of(Need.of(action, Need.EVERYTHING));
    }
    List<Need> needs = new ArrayList<>();
    for (String arn : arns(input, context)) {
      needs.add(need(action, arn, input, view));
    }
    return needs.isEmpty() ? List.of(Need.of(action, Need.EVERYTHING)) : needs;
  }

  private static Need need(String action, String arn, Shape input, View view) {
    Need need = Need.of(action, arn).withRequestTags(map(requestTags(input)));
    if (input instanceof RemoveTagsInput remove) {
      need = need.withTagKeys(remove.tagKeys());
    }
    return need.withResourceTags(map(resourceTags(view, arn)));
  }

  private static List<String> arns(Shape input, Context context) {
    return switch (input) {
      case CreateLoadBalancerInput create ->
          List.of(
              Names.arn(
                  context.place(),
                  "loadbalancer/"
                      + ("network".equals(create.type()) ? "net/" : "app/")
                      + create.name()
                      + "/*"));
      case CreateTargetGroupInput create ->
          List.of(Names.arn(context.place(), "targetgroup/" + create.name() + "/*"));
      case CreateListenerInput create -> List.of(create.loadBalancerArn());
      case CreateRuleInput create -> List.of(create.listenerArn());
      case AddTagsInput add -> add.resourceArns();
      case RemoveTagsInput remove -> remove.resourceArns();
      case SetRulePrioritiesInput set ->
          set.rulePriorities().stream().map(RulePriorityPair::ruleArn).map(Given::text).toList();
      default -> firstArn(input);
    };
  }

  /** Every other request names its one resource by the first member that holds an ARN. */
  private static List<String> firstArn(Shape input) {
    for (var member : input.schema().members()) {
      if (member.wireName().endsWith("Arn") && input.member(member.index()) instanceof String arn) {
        return List.of(arn);
      }
    }
    return List.of();
  }

  private static @Nullable List<Tag> requestTags(Shape input) {
    return switch (input) {
      case CreateLoadBalancerInput create -> create.tags();
      case CreateTargetGroupInput create -> create.tags();
      case CreateListenerInput create -> create.tags();
      case CreateRuleInput create -> create.tags();
      case AddTagsInput add -> add.tags();
      default -> null;
    };
  }

  private static List<Tag> resourceTags(View view, String arn) {
    try {
      return BalancingTags.of(view, arn);
    } catch (ServiceException nothing) {
      // That the name is of nothing is for the operation to say.
      return List.of();
    }
  }

  private static Map<String, String> map(@Nullable List<Tag> tags) {
    Map<String, String> map = new LinkedHashMap<>();
    Given.list(tags).forEach(tag -> map.put(tag.key(), Given.text(tag.value())));
    return map;
  }
}
