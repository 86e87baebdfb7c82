package dev.longshore.core.key;

import dev.longshore.core.model.EncryptionKey;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.kms.GetKeyPolicyRequest;
import dev.longshore.shapes.kms.GetKeyPolicyResponse;

/** Shows the policy of a key. */
public final class GetKeyPolicy implements Query<GetKeyPolicyRequest, GetKeyPolicyResponse> {
  @Override
  public GetKeyPolicyResponse answer(View view, GetKeyPolicyRequest request, Context context) {
    EncryptionKey key = Keys.named(view, request.keyId(), context);
    KeyPolicies.checkName(request.policyName());
    return new GetKeyPolicyResponse(KeyPolicies.of(view, key, context), KeyPolicies.NAME);
  }
}
