package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.model.KeyAlias;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.AlreadyExistsException;
import dev.longshore.shapes.kms.CreateAliasRequest;

/** Gives a key another name. */
public final class CreateAlias implements Command<CreateAliasRequest, Shape> {
  @Override
  public Shape decide(Draft draft, CreateAliasRequest request, Context context) {
    String name = request.aliasName();
    checkName(name);
    if (draft.find(KeyAlias.KIND, name) != null) {
      throw new AlreadyExistsException(
          "An alias with the name " + Keys.arn(name, context) + " already exists");
    }
    EncryptionKey key =
        Keys.notPending(Keys.changeable(draft, request.targetKeyId(), context), context);
    draft.put(KeyAlias.KIND, new KeyAlias(name, key.id(), context.now(), context.now()));
    return Shape.NOTHING;
  }

  static void checkName(String name) {
    if (!name.startsWith(Keys.ALIAS) || name.length() == Keys.ALIAS.length()) {
      throw Keys.invalid("Invalid identifier");
    }
    if (Keys.isReserved(name)) {
      throw new ServiceException("NotAuthorizedException", 400, "");
    }
  }
}
