package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeleteRepositoryPolicyRequest;
import dev.longshore.shapes.ecr.DeleteRepositoryPolicyResponse;

/** Takes the policy off a repository. */
public final class DeleteRepositoryPolicy
    implements Command<DeleteRepositoryPolicyRequest, DeleteRepositoryPolicyResponse> {

  @Override
  public DeleteRepositoryPolicyResponse decide(
      Draft draft, DeleteRepositoryPolicyRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(draft, request.registryId(), request.repositoryName(), context);
    RepositoryPolicy policy = row.policy();
    if (policy == null) {
      throw GetRepositoryPolicy.missing(row.name(), context);
    }
    draft.put(ImageRepository.KIND, row.withPolicy(null));
    return DeleteRepositoryPolicyResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .policyText(policy.text())
        .build();
  }
}
