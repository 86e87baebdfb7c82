package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.kms.PutKeyPolicyRequest;

/** Sets who may use a key. */
public final class PutKeyPolicy implements Command<PutKeyPolicyRequest, Shape> {
  @Override
  public Shape decide(Draft draft, PutKeyPolicyRequest request, Context context) {
    EncryptionKey key = Keys.notPending(Keys.changeable(draft, request.keyId(), context), context);
    KeyPolicies.checkName(request.policyName());
    KeyPolicies.check(
        request.policy(),
        request.bypassPolicyLockoutSafetyCheck(),
        Keys.arn(key, context),
        draft,
        context);
    draft.put(EncryptionKey.KIND, key.withPolicy(request.policy()));
    return Shape.NOTHING;
  }
}
