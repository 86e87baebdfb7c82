package dev.longshore.core.key;

import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.DeleteAliasRequest;

/** Takes an alias away; its key stays. */
public final class DeleteAlias implements Command<DeleteAliasRequest, Shape> {
  @Override
  public Shape decide(Draft draft, DeleteAliasRequest request, Context context) {
    CreateAlias.checkName(request.aliasName());
    KeyAlias alias = UpdateAlias.existing(draft, request.aliasName(), context);
    draft.remove(KeyAlias.KIND, alias.name());
    return Shape.NOTHING;
  }
}
