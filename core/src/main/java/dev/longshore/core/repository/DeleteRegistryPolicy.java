package dev.longshore.core.repository;

import dev.longshore.core.model.RegistryConfiguration;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeleteRegistryPolicyRequest;
import dev.longshore.shapes.ecr.DeleteRegistryPolicyResponse;

/** Takes the policy off the registry. */
public final class DeleteRegistryPolicy
    implements Command<DeleteRegistryPolicyRequest, DeleteRegistryPolicyResponse> {

  @Override
  public DeleteRegistryPolicyResponse decide(
      Draft draft, DeleteRegistryPolicyRequest request, Context context) {
    RepositoryPolicy policy = GetRegistryPolicy.existing(draft, context);
    draft.put(RegistryConfiguration.KIND, RegistryConfiguration.of(draft).withPolicy(null));
    return new DeleteRegistryPolicyResponse(context.place().accountId(), policy.text());
  }
}
