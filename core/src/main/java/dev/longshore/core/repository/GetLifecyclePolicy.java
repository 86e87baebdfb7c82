package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.GetLifecyclePolicyRequest;
import dev.longshore.shapes.ecr.GetLifecyclePolicyResponse;

/** Shows the lifecycle policy of a repository. */
public final class GetLifecyclePolicy
    implements Query<GetLifecyclePolicyRequest, GetLifecyclePolicyResponse> {

  @Override
  public GetLifecyclePolicyResponse answer(
      View view, GetLifecyclePolicyRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(view, request.registryId(), request.repositoryName(), context);
    Lifecycle lifecycle = row.lifecycle();
    if (lifecycle == null) {
      throw KeepLifecycle.missing(row.name(), context);
    }
    return GetLifecyclePolicyResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .lifecyclePolicyText(lifecycle.text())
        .lastEvaluatedAt(lifecycle.evaluatedAt())
        .build();
  }
}
