package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.TagResourceRequest;
import dev.longshore.shapes.ecr.TagResourceResponse;

/** Puts tags on a repository. */
public final class TagResource implements Command<TagResourceRequest, TagResourceResponse> {

  @Override
  public TagResourceResponse decide(Draft draft, TagResourceRequest request, Context context) {
    ImageRepository row = TaggedRepository.of(draft, request.resourceArn(), context);
    draft.put(ImageRepository.KIND, row.withTags(RepositoryTags.put(row.tags(), request.tags())));
    return new TagResourceResponse();
  }
}
