package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.ModifyTargetGroupAttributesInput;
import dev.longshore.shapes.elbv2.ModifyTargetGroupAttributesOutput;
import dev.longshore.shapes.elbv2.TargetGroupAttribute;
import java.util.Map;

/** Sets attributes of a target group; answers with all of them. */
public final class ModifyTargetGroupAttributes
    implements Command<ModifyTargetGroupAttributesInput, ModifyTargetGroupAttributesOutput> {
  @Override
  public ModifyTargetGroupAttributesOutput decide(
      Draft draft, ModifyTargetGroupAttributesInput request, Context context) {
    dev.longshore.core.model.TargetGroup row =
        TargetGroups.existing(draft, request.targetGroupArn());
    AttributeRules rules = row.isHttp() ? AttributeRules.HTTP_GROUP : AttributeRules.NETWORK_GROUP;
    Map<String, String> attributes =
        rules.set(
            row.attributes(),
            request.attributes(),
            each -> Given.text(each.key()),
            each -> Given.text(each.value()));
    TargetGroups.checkTogether(attributes);
    draft.put(dev.longshore.core.model.TargetGroup.KIND, row.withAttributes(attributes));
    return new ModifyTargetGroupAttributesOutput(
        rules.shown(attributes, TargetGroupAttribute::new));
  }
}
