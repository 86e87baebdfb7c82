package dev.longshore.core.key;

import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.RevokeGrantRequest;

/** Takes a grant back. */
public final class RevokeGrant implements Command<RevokeGrantRequest, Shape> {
  @Override
  public Shape decide(Draft draft, RevokeGrantRequest request, Context context) {
    KeyGrant grant =
        Grants.on(draft, Keys.named(draft, request.keyId(), context), request.grantId());
    KeyCipher.checkDryRun(request.dryRun());
    draft.remove(KeyGrant.KIND, grant.id());
    return Shape.NOTHING;
  }
}
