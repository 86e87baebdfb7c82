package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.DisableKeyRequest;

/** Keeps a key from being used. */
public final class DisableKey implements Command<DisableKeyRequest, Shape> {
  @Override
  public Shape decide(Draft draft, DisableKeyRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    draft.put(EncryptionKey.KIND, key.withEnabled(false));
    return Shape.NOTHING;
  }
}
