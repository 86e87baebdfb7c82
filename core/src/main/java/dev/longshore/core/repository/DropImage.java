package dev.longshore.core.repository;

import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.ImageNotFoundException;
import dev.longshore.shapes.ecr.InvalidParameterException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes as the distribution protocol does: a tag alone, or an image by its digest with its tags.
 */
public final class DropImage implements Command<DropImage.Reference, Boolean> {
  /** What to delete: one of the two is null. */
  public record Reference(String repository, @Nullable String digest, @Nullable String tag) {}

  @Override
  public Boolean decide(Draft draft, Reference reference, Context context) {
    Repositories.existing(draft, null, reference.repository(), context);
    StoredImage image =
        Repositories.find(draft, reference.repository(), reference.digest(), reference.tag());
    if (image == null) {
      throw new ImageNotFoundException("Requested image not found");
    }
    if (reference.tag() != null) {
      draft.remove(ImageTag.KIND, ImageTag.key(reference.repository(), reference.tag()));
      return true;
    }
    List<String> parents = Deletion.parents(draft, image);
    if (!parents.isEmpty()) {
      throw new InvalidParameterException(Deletion.listedBy(parents));
    }
    Deletion.remove(draft, image, context);
    return true;
  }
}
