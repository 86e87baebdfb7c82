package dev.longshore.core.key;

import dev.longshore.core.model.KeyGrant;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.InvalidGrantTokenException;
import dev.longshore.shapes.kms.RetireGrantRequest;

/** Gives a grant up, which its own retiring principal may. */
public final class RetireGrant implements Command<RetireGrantRequest, Shape> {
  @Override
  public Shape decide(Draft draft, RetireGrantRequest request, Context context) {
    KeyGrant grant;
    if (request.grantToken() != null) {
      grant = Grants.find(draft, request.grantToken(), null);
      if (grant == null) {
        throw new InvalidGrantTokenException("Invalid grant token.");
      }
    } else if (request.keyId() != null && request.grantId() != null) {
      grant = Grants.on(draft, Keys.named(draft, request.keyId(), context), request.grantId());
    } else {
      throw Keys.invalid("Grant token OR (grant ID and key ID) must be specified");
    }
    KeyCipher.checkDryRun(request.dryRun());
    draft.remove(KeyGrant.KIND, grant.id());
    return Shape.NOTHING;
  }
}
