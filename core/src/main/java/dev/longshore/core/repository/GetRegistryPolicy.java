package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.GetRegistryPolicyRequest;
import dev.longshore.shapes.ecr.GetRegistryPolicyResponse;
import dev.longshore.shapes.ecr.RegistryPolicyNotFoundException;

/** Shows the policy of the registry. */
public final class GetRegistryPolicy
    implements Query<GetRegistryPolicyRequest, GetRegistryPolicyResponse> {

  @Override
  public GetRegistryPolicyResponse answer(
      View view, GetRegistryPolicyRequest request, Context context) {
    return new GetRegistryPolicyResponse(
        context.place().accountId(), existing(view, context).text());
  }

  static RepositoryPolicy existing(View view, Context context) {
    RepositoryPolicy policy = RegistryConfiguration.of(view).policy();
    if (policy == null) {
      throw new RegistryPolicyNotFoundException(
          "Registry policy does not exist in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    return policy;
  }
}
