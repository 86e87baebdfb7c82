package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.NotFoundException;
import dev.longshore.shapes.kms.UpdateAliasRequest;

/** Makes an alias mean another key. */
public final class UpdateAlias implements Command<UpdateAliasRequest, Shape> {
  @Override
  public Shape decide(Draft draft, UpdateAliasRequest request, Context context) {
    CreateAlias.checkName(request.aliasName());
    KeyAlias alias = existing(draft, request.aliasName(), context);
    EncryptionKey key =
        Keys.notPending(Keys.changeable(draft, request.targetKeyId(), context), context);
    draft.put(KeyAlias.KIND, alias.withKey(key.id(), context.now()));
    return Shape.NOTHING;
  }

  static KeyAlias existing(Draft draft, String name, Context context) {
    KeyAlias alias = draft.find(KeyAlias.KIND, name);
    if (alias == null) {
      throw new NotFoundException("Alias " + Keys.arn(name, context) + " is not found.");
    }
    return alias;
  }
}
