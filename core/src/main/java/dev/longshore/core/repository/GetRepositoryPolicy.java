package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.RepositoryPolicy;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.GetRepositoryPolicyRequest;
import dev.longshore.shapes.ecr.GetRepositoryPolicyResponse;
import dev.longshore.shapes.ecr.RepositoryPolicyNotFoundException;

/** Shows the policy of a repository. */
public final class GetRepositoryPolicy
    implements Query<GetRepositoryPolicyRequest, GetRepositoryPolicyResponse> {

  @Override
  public GetRepositoryPolicyResponse answer(
      View view, GetRepositoryPolicyRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(view, request.registryId(), request.repositoryName(), context);
    RepositoryPolicy policy = row.policy();
    if (policy == null) {
      throw missing(row.name(), context);
    }
    return GetRepositoryPolicyResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .policyText(policy.text())
        .build();
  }

  static RepositoryPolicyNotFoundException missing(String repository, Context context) {
    return new RepositoryPolicyNotFoundException(
        "Repository policy does not exist for the repository with name '"
            + repository
            + "' in the registry with id '"
            + context.place().accountId()
            + "'");
  }
}
