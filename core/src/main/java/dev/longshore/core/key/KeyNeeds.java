package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Need;
import dev.longshore.core.operation.Needs;
import dev.longshore.core.state.View;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import java.util.ArrayList;
import java.util.List;

/** The rights that actions on keys need: on each key and alias that is named. */
final class KeyNeeds implements Needs {
  @Override
  public List<Need> of(String action, Shape input, View view, Context context) {
    List<Need> needs = new ArrayList<>();
    for (Member member : input.schema().members()) {
      Object value = input.member(member.index());
      if (value == null) {
        continue;
      }
      switch (member.wireName()) {
        case "KeyId", "TargetKeyId" -> needs.add(on(action, value.toString(), view, context));
        case "SourceKeyId" -> needs.add(on("kms:ReEncryptFrom", value.toString(), view, context));
        case "DestinationKeyId" ->
            needs.add(on("kms:ReEncryptTo", value.toString(), view, context));
        case "AliasName" -> needs.add(Need.of(action, Keys.arn(value.toString(), context)));
        default -> {}
      }
    }
    return needs.isEmpty() ? List.of(Need.of(action, Need.EVERYTHING)) : needs;
  }

  private static Need on(String action, String text, View view, Context context) {
    EncryptionKey key = Keys.find(view, text);
    if (key == null) {
      return Need.of(action, text.startsWith("arn:") ? text : Keys.arn("key/" + text, context));
    }
    Need need = Need.of(action, Keys.arn(key, context)).withResourceTags(key.tags());
    return key.policy() == null ? need : need.decidedBy(key.policy());
  }
}
