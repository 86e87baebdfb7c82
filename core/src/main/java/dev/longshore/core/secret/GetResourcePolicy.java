package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.GetResourcePolicyRequest;
import dev.longshore.shapes.secretsmanager.GetResourcePolicyResponse;

/** Shows the policy of a secret. */
public final class GetResourcePolicy
    implements Query<GetResourcePolicyRequest, GetResourcePolicyResponse> {
  @Override
  public GetResourcePolicyResponse answer(
      View view, GetResourcePolicyRequest request, Context context) {
    Secret secret = Secrets.usable(view, request.secretId());
    return new GetResourcePolicyResponse(secret.arn(), secret.name(), secret.policy());
  }
}
