package dev.longshore.core.balancing;

import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.ListenerAttribute;
import dev.longshore.shapes.elbv2.ModifyListenerAttributesInput;
import dev.longshore.shapes.elbv2.ModifyListenerAttributesOutput;
import java.util.Map;

/** Sets attributes of a listener; answers with all of them. */
public final class ModifyListenerAttributes
    implements Command<ModifyListenerAttributesInput, ModifyListenerAttributesOutput> {
  @Override
  public ModifyListenerAttributesOutput decide(
      Draft draft, ModifyListenerAttributesInput request, Context context) {
    dev.longshore.core.model.Listener row = Listeners.existing(draft, request.listenerArn());
    AttributeRules rules = Listeners.attributes(row);
    Map<String, String> attributes =
        rules.set(
            row.attributes(),
            request.attributes(),
            each -> Given.text(each.key()),
            each -> Given.text(each.value()));
    draft.put(dev.longshore.core.model.Listener.KIND, row.withAttributes(attributes));
    return new ModifyListenerAttributesOutput(rules.shown(attributes, ListenerAttribute::new));
  }
}
