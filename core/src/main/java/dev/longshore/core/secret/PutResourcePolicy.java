package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.secretsmanager.MalformedPolicyDocumentException;
import dev.longshore.shapes.secretsmanager.PutResourcePolicyRequest;
import dev.longshore.shapes.secretsmanager.PutResourcePolicyResponse;
import java.util.function.Predicate;

/** Sets the policy of a secret. */
public final class PutResourcePolicy
    implements Command<PutResourcePolicyRequest, PutResourcePolicyResponse> {
  private final Predicate<String> policies;

  /**
   * @param policies says which texts are policies
   */
  PutResourcePolicy(Predicate<String> policies) {
    this.policies = policies;
  }

  @Override
  public PutResourcePolicyResponse decide(
      Draft draft, PutResourcePolicyRequest request, Context context) {
    Secret secret = Secrets.usable(draft, request.secretId());
    if (!policies.test(request.resourcePolicy())) {
      throw new MalformedPolicyDocumentException("This resource policy contains invalid JSON.");
    }
    draft.put(
        Secret.KIND, secret.edit().policy(request.resourcePolicy()).changed(context.now()).build());
    return new PutResourcePolicyResponse(secret.arn(), secret.name());
  }
}
