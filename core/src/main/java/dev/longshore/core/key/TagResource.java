package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.TagResourceRequest;

/** Puts tags on a key. */
public final class TagResource implements Command<TagResourceRequest, Shape> {
  @Override
  public Shape decide(Draft draft, TagResourceRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    draft.put(EncryptionKey.KIND, key.withTags(Keys.tagged(key.tags(), request.tags())));
    return Shape.NOTHING;
  }
}
