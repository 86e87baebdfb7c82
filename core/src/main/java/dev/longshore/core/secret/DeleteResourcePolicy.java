package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.DeleteResourcePolicyRequest;
import dev.longshore.shapes.secretsmanager.DeleteResourcePolicyResponse;

/** Takes the policy of a secret away. */
public final class DeleteResourcePolicy
    implements Command<DeleteResourcePolicyRequest, DeleteResourcePolicyResponse> {
  @Override
  public DeleteResourcePolicyResponse decide(
      Draft draft, DeleteResourcePolicyRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    draft.put(Secret.KIND, secret.edit().policy(null).changed(context.now()).build());
    return new DeleteResourcePolicyResponse(secret.arn(), secret.name());
  }
}
