package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.UntagResourceRequest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Takes tags from a key. */
public final class UntagResource implements Command<UntagResourceRequest, Shape> {
  @Override
  public Shape decide(Draft draft, UntagResourceRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    Map<String, String> tags = new TreeMap<>(key.tags());
    tags.keySet().removeAll(request.tagKeys());
    draft.put(EncryptionKey.KIND, key.withTags(Collections.unmodifiableMap(tags)));
    return Shape.NOTHING;
  }
}
