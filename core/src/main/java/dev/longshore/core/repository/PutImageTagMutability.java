package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.PutImageTagMutabilityRequest;
import dev.longshore.shapes.ecr.PutImageTagMutabilityResponse;

/** Says whether the tags of a repository may be moved. */
public final class PutImageTagMutability
    implements Command<PutImageTagMutabilityRequest, PutImageTagMutabilityResponse> {

  @Override
  public PutImageTagMutabilityResponse decide(
      Draft draft, PutImageTagMutabilityRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(draft, request.registryId(), request.repositoryName(), context);
    TagMutability mutability =
        MutabilityRules.checked(
            request.imageTagMutability(), request.imageTagMutabilityExclusionFilters());
    draft.put(ImageRepository.KIND, row.withMutability(mutability));
    return PutImageTagMutabilityResponse.builder()
        .registryId(context.place().accountId())
        .repositoryName(row.name())
        .imageTagMutability(mutability.mode())
        .imageTagMutabilityExclusionFilters(
            mutability.exclusions().isEmpty() ? null : mutability.exclusions())
        .build();
  }
}
