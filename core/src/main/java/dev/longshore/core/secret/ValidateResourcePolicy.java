package dev.longshore.core.secret;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.secretsmanager.MalformedPolicyDocumentException;
import dev.longshore.shapes.secretsmanager.ValidateResourcePolicyRequest;
import dev.longshore.shapes.secretsmanager.ValidateResourcePolicyResponse;
import java.util.List;
import java.util.function.Predicate;

/** Says whether a text could be set as a policy. */
public final class ValidateResourcePolicy
    implements Query<ValidateResourcePolicyRequest, ValidateResourcePolicyResponse> {
  private final Predicate<String> policies;

  /**
   * @param policies says which texts are policies
   */
  ValidateResourcePolicy(Predicate<String> policies) {
    this.policies = policies;
  }

  @Override
  public ValidateResourcePolicyResponse answer(
      View view, ValidateResourcePolicyRequest request, Context context) {
    if (request.secretId() != null) {
      Secrets.existing(view, request.secretId());
    }
    if (!policies.test(request.resourcePolicy())) {
      throw new MalformedPolicyDocumentException("This resource policy contains invalid JSON.");
    }
    return new ValidateResourcePolicyResponse(true, List.of());
  }
}
