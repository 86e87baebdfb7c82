package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.secretsmanager.TagResourceRequest;

/** Puts tags on a secret. */
public final class TagResource implements Command<TagResourceRequest, Shape> {
  @Override
  public Shape decide(Draft draft, TagResourceRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    draft.put(
        Secret.KIND,
        secret
            .edit()
            .tags(SecretRules.tagged(secret.tags(), request.tags()))
            .changed(context.now())
            .build());
    return Shape.NOTHING;
  }
}
