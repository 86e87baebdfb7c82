package dev.longshore.core.balancing;

import dev.longshore.core.model.Listener;
import dev.longshore.core.model.ListenerRule;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.OperationNotPermittedException;
import dev.longshore.shapes.elbv2.Rule;
import dev.longshore.shapes.elbv2.RuleNotFoundException;
import dev.longshore.shapes.elbv2.RuleTransform;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds rules, and shows them. */
final class Rules {
  private Rules() {}

  /**
   * The rule of that ARN, which is no default rule.
   *
   * @throws OperationNotPermittedException it is one
   * @throws dev.longshore.shapes.ServiceException there is none, or the text is no such ARN
   */
  static ListenerRule existing(View view, String arn) {
    Names.checkArn(arn, "listener-rule", "listener rule");
    ListenerRule found = view.find(ListenerRule.KIND, arn);
    if (found != null) {
      return found;
    }
    if (ofDefault(view, arn) != null) {
      throw new OperationNotPermittedException(
          "Default rule '" + arn + "' cannot be modified or deleted");
    }
    throw missing();
  }

  /** A rule of whichever kind, as answers show it. */
  static Rule shown(View view, String arn) {
    Names.checkArn(arn, "listener-rule", "listener rule");
    ListenerRule found = view.find(ListenerRule.KIND, arn);
    if (found != null) {
      return found.specification();
    }
    Listener listener = ofDefault(view, arn);
    if (listener == null) {
      throw missing();
    }
    return byDefault(listener);
  }

  private static RuleNotFoundException missing() {
    return new RuleNotFoundException("One or more rules not found");
  }

  /** The listener whose default rule that is. */
  static @Nullable Listener ofDefault(View view, String arn) {
    String listenerArn =
        arn.substring(0, arn.lastIndexOf('/')).replace(":listener-rule/", ":listener/");
    Listener listener = view.find(Listener.KIND, listenerArn);
    return listener != null && listener.defaultRuleArn().equals(arn) ? listener : null;
  }

  /** All rules of a listener by priority, the default one last. */
  static List<Rule> of(View view, Listener listener) {
    List<ListenerRule> rows = new ArrayList<>();
    view.by(ListenerRule.OF_LISTENER, listener.arn()).forEach(rows::add);
    rows.sort(Comparator.comparingInt(ListenerRule::priority));
    List<Rule> rules = new ArrayList<>();
    rows.forEach(row -> rules.add(row.specification()));
    rules.add(byDefault(listener));
    return rules;
  }

  private static Rule byDefault(Listener listener) {
    return Rule.builder()
        .ruleArn(listener.defaultRuleArn())
        .priority("default")
        .conditions(List.of())
        .actions(listener.specification().defaultActions())
        .isDefault(true)
        .transforms(List.of())
        .build();
  }

  static void refuse(@Nullable List<RuleTransform> transforms) {
    if (!Given.list(transforms).isEmpty()) {
      throw Faults.unsupported("transforms of rules");
    }
  }
}
