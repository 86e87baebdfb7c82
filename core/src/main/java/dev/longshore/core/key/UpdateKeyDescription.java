package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.UpdateKeyDescriptionRequest;

/** Changes what is said of a key. */
public final class UpdateKeyDescription implements Command<UpdateKeyDescriptionRequest, Shape> {
  @Override
  public Shape decide(Draft draft, UpdateKeyDescriptionRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    draft.put(EncryptionKey.KIND, key.withDescription(request.description()));
    return Shape.NOTHING;
  }
}
