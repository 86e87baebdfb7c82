package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.PublicRepository;
import dev.longshore.core.model.TagMutability;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.EncryptionConfiguration;
import dev.longshore.shapes.ecr.RepositoryAlreadyExistsException;
import dev.longshore.shapes.ecr.Tag;
import java.util.List;

/** Creates a public repository, or says other things about one. */
public final class KeepPublicRepository
    implements Command<KeepPublicRepository.Asked, ImageRepository> {
  /**
   * What to keep.
   *
   * @param create whether it must not be there yet; else it must
   * @param tags of a new one
   */
  public record Asked(boolean create, PublicRepository data, List<Tag> tags) {}

  @Override
  public ImageRepository decide(Draft draft, Asked asked, Context context) {
    String name = asked.data().name();
    ImageRepository row = draft.find(ImageRepository.KIND, name);
    if (!asked.create()) {
      row = Repositories.existing(draft, null, name, context);
    } else if (row != null) {
      throw new RepositoryAlreadyExistsException(
          "The repository with name '"
              + name
              + "' already exists in the registry with id '"
              + context.place().accountId()
              + "'");
    } else {
      CreateRepository.checkCount(draft, context);
      row =
          ImageRepository.created(
              name,
              context.now(),
              TagMutability.USUAL,
              false,
              EncryptionConfiguration.builder().encryptionType("AES256").build(),
              RepositoryTags.put(List.of(), asked.tags()));
      draft.put(ImageRepository.KIND, row);
    }
    draft.put(PublicRepository.KIND, asked.data());
    return row;
  }
}
