package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.DeleteRepositoryRequest;
import dev.longshore.shapes.ecr.DeleteRepositoryResponse;
import dev.longshore.shapes.ecr.RepositoryNotEmptyException;

/** Deletes a repository; with its images only if it is forced to. */
public final class DeleteRepository
    implements Command<DeleteRepositoryRequest, DeleteRepositoryResponse> {
  private final RepositoryAnswers answers;

  DeleteRepository(RepositoryAnswers answers) {
    this.answers = answers;
  }

  @Override
  public DeleteRepositoryResponse decide(
      Draft draft, DeleteRepositoryRequest request, Context context) {
    ImageRepository row =
        Repositories.existing(draft, request.registryId(), request.repositoryName(), context);
    String name = row.name();
    if (draft.count(StoredImage.BY_REPOSITORY, name) > 0 && !Boolean.TRUE.equals(request.force())) {
      throw new RepositoryNotEmptyException(
          "The repository with name '"
              + name
              + "' in registry with id '"
              + context.place().accountId()
              + "' cannot be deleted because it still contains images");
    }
    for (StoredImage image : draft.by(StoredImage.BY_REPOSITORY, name)) {
      Deletion.remove(draft, image, context);
    }
    for (ImageTag tag : draft.by(ImageTag.BY_REPOSITORY, name)) {
      draft.remove(ImageTag.KIND, ImageTag.key(name, tag.tag()));
    }
    for (StoredLayer layer : draft.by(StoredLayer.BY_REPOSITORY, name)) {
      draft.remove(StoredLayer.KIND, layer.key());
    }
    if (draft.find(PublicRepository.KIND, name) != null) {
      draft.remove(PublicRepository.KIND, name);
    }
    draft.remove(ImageRepository.KIND, name);
    return new DeleteRepositoryResponse(answers.repository(row, context));
  }
}
