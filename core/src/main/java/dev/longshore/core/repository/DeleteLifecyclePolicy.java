package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.Lifecycle;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeleteLifecyclePolicyRequest;
import dev.longshore.shapes.ecr.DeleteLifecyclePolicyResponse;

/** Takes the lifecycle policy off a repository. */
public final class DeleteLifecyclePolicy
    implements Command<DeleteLifecyclePolicyRequest, DeleteLifecyclePolicyResponse> {

  @Override
  public DeleteLifecyclePolicyResponse decide(
      Draft draft, DeleteLifecyclePolicyRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(draft, request.registryId(), request.repositoryName(), context);
    Lifecycle lifecycle = row.lifecycle();
    if (lifecycle == null) {
      throw KeepLifecycle.missing(row.name(), context);
    }
    draft.put(ImageRepository.KIND, row.withLifecycle(null));
    return DeleteLifecyclePolicyResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .lifecyclePolicyText(lifecycle.text())
        .lastEvaluatedAt(lifecycle.evaluatedAt())
        .build();
  }
}
