package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.EnableKeyRequest;

/** Lets a key be used again. */
public final class EnableKey implements Command<EnableKeyRequest, Shape> {
  @Override
  public Shape decide(Draft draft, EnableKeyRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    draft.put(EncryptionKey.KIND, key.withEnabled(true));
    return Shape.NOTHING;
  }
}
