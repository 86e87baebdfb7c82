package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.Tag;
import dev.longshore.shapes.ecr.UntagResourceRequest;
import dev.longshore.shapes.ecr.UntagResourceResponse;
import java.util.List;

/** Takes tags off a repository; keys that it does not have are ignored. */
public final class UntagResource implements Command<UntagResourceRequest, UntagResourceResponse> {

  @Override
  public UntagResourceResponse decide(Draft draft, UntagResourceRequest request, Context context) {
    ImageRepository row = TaggedRepository.of(draft, request.resourceArn(), context);
    List<Tag> left =
        row.tags().stream().filter(tag -> !request.tagKeys().contains(tag.key())).toList();
    draft.put(ImageRepository.KIND, row.withTags(left));
    return new UntagResourceResponse();
  }
}
