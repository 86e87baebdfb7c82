package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.secretsmanager.UntagResourceRequest;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Takes tags from a secret. */
public final class UntagResource implements Command<UntagResourceRequest, Shape> {
  @Override
  public Shape decide(Draft draft, UntagResourceRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    Map<String, String> tags = new TreeMap<>(secret.tags());
    tags.keySet().removeAll(request.tagKeys());
    draft.put(
        Secret.KIND,
        secret.edit().tags(Collections.unmodifiableMap(tags)).changed(context.now()).build());
    return Shape.NOTHING;
  }
}
