package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.ManifestReference;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.model.StoredLayer;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecr.ImageAlreadyExistsException;
import dev.longshore.shapes.ecr.ImageTagAlreadyExistsException;
import dev.longshore.shapes.ecr.LayersNotFoundException;
import dev.longshore.shapes.ecr.LimitExceededException;
import dev.longshore.shapes.ecr.ReferencedImagesNotFoundException;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes a manifest whose bytes are stored into a repository, and points tags at it. All that it
 * refers to, except its subject, must be in the repository already.
 */
public final class PushImage implements Command<PushedImage, StoredImage> {
  /** Images that one repository may have. */
  static final int MOST_IMAGES = 100_000;

  /** Tags that one image may have. */
  static final int MOST_TAGS = 1_000;

  private final Quota quota;

  public PushImage(Quota quota) {
    this.quota = quota;
  }

  @Override
  public StoredImage decide(Draft draft, PushedImage pushed, Context context) {
    ImageRepository repository =
        Repositories.existing(draft, pushed.registry(), pushed.repository(), context);
    StoredImage known =
        draft.find(StoredImage.KIND, StoredImage.key(pushed.repository(), pushed.digest()));
    checkParts(draft, pushed);
    if (pushed.novel() && known != null) {
      checkNovel(draft, pushed, context);
    }
    pushed.tags().forEach(tag -> checkTag(draft, repository, pushed, tag));
    StoredImage image = known == null ? stored(draft, pushed, context) : known;
    if (!pushed.copied() && (known == null || !isTagged(draft, pushed))) {
      Replicas.pushed(draft, pushed);
    }
    for (String tag : pushed.tags()) {
      draft.put(ImageTag.KIND, new ImageTag(pushed.repository(), tag, pushed.digest()));
    }
    if (draft.count(ImageTag.BY_IMAGE, image.key()) > MOST_TAGS) {
      throw new LimitExceededException(
          "The image with digest '"
              + image.digest()
              + "' cannot have more than "
              + MOST_TAGS
              + " tags.");
    }
    return image;
  }

  /** Whether all of the tags point at the image already. */
  private static boolean isTagged(Draft draft, PushedImage pushed) {
    return pushed.tags().stream()
        .allMatch(tag -> {
          ImageTag row = draft.find(ImageTag.KIND, ImageTag.key(pushed.repository(), tag));
          return row != null && row.digest().equals(pushed.digest());
        });
  }

  private static void checkParts(Draft draft, PushedImage pushed) {
    List<String> layers = missing(pushed.layers(), digest -> layer(draft, pushed, digest) == null);
    if (!layers.isEmpty()) {
      throw new LayersNotFoundException(
          "Layers with digests '"
              + String.join(", ", layers)
              + "' required for pushing image into repository with name '"
              + pushed.repository()
              + "' do not exist");
    }
    if (pushed.sparse()) {
      return;
    }
    List<String> children =
        missing(
            pushed.children(),
            digest ->
                draft.find(StoredImage.KIND, StoredImage.key(pushed.repository(), digest)) == null);
    if (!children.isEmpty()) {
      throw new ReferencedImagesNotFoundException(
          "Images with digests '"
              + String.join(", ", children)
              + "' required for pushing image into repository with name '"
              + pushed.repository()
              + "' do not exist");
    }
  }

  private static List<String> missing(List<String> digests, Predicate<String> absent) {
    return digests.stream().distinct().filter(absent).toList();
  }

  private static @Nullable StoredLayer layer(Draft draft, PushedImage pushed, String digest) {
    return draft.find(StoredLayer.KIND, StoredImage.key(pushed.repository(), digest));
  }

  /** An image that is there already, under that very tag, was not meant to be pushed again. */
  private static void checkNovel(Draft draft, PushedImage pushed, Context context) {
    String tag = pushed.tags().isEmpty() ? null : pushed.tags().getFirst();
    ImageTag row =
        tag == null ? null : draft.find(ImageTag.KIND, ImageTag.key(pushed.repository(), tag));
    if (tag == null || (row != null && row.digest().equals(pushed.digest()))) {
      throw new ImageAlreadyExistsException(
          "Image with digest '"
              + pushed.digest()
              + "' and tag '"
              + tag
              + "' already exists in the repository with name '"
              + pushed.repository()
              + "' in registry with id '"
              + context.place().accountId()
              + "'");
    }
  }

  private static void checkTag(
      Draft draft, ImageRepository repository, PushedImage pushed, String tag) {
    ImageTag row = draft.find(ImageTag.KIND, ImageTag.key(repository.name(), tag));
    if (row != null
        && !row.digest().equals(pushed.digest())
        && !repository.mutability().movable(tag)) {
      throw new ImageTagAlreadyExistsException(
          "The image tag '"
              + tag
              + "' already exists in the '"
              + repository.name()
              + "' repository and cannot be overwritten because the tag is immutable.");
    }
  }

  private StoredImage stored(Draft draft, PushedImage pushed, Context context) {
    if (draft.count(StoredImage.BY_REPOSITORY, pushed.repository()) >= MOST_IMAGES) {
      throw new LimitExceededException(
          "The repository with name '"
              + pushed.repository()
              + "' cannot have more than "
              + MOST_IMAGES
              + " images.");
    }
    quota.check(draft, pushed.repository(), pushed.manifestSize(), context.place());
    List<String> layers = pushed.layers().stream().distinct().toList();
    long size = 0;
    for (String digest : layers) {
      StoredLayer layer = layer(draft, pushed, digest);
      if (layer != null) {
        size += layer.size();
        draft.put(StoredLayer.KIND, layer.used(1, context.now()));
      }
    }
    List<String> children = pushed.children().stream().distinct().toList();
    for (String child : children) {
      draft.put(
          ManifestReference.KIND,
          new ManifestReference(pushed.repository(), pushed.digest(), child));
      StoredImage listed =
          draft.find(StoredImage.KIND, StoredImage.key(pushed.repository(), child));
      size = listed == null ? size : Math.max(size, listed.size());
    }
    StoredImage image = pushed.row(size, layers, children, context.now());
    draft.put(StoredImage.KIND, image);
    tellParents(draft, image);
    return image;
  }

  /** An index that came before this image has the size of its largest one. */
  private static void tellParents(Draft draft, StoredImage image) {
    for (String parent : Deletion.parents(draft, image)) {
      StoredImage index = draft.find(StoredImage.KIND, StoredImage.key(image.repository(), parent));
      if (index != null && index.size() < image.size()) {
        draft.put(StoredImage.KIND, index.sized(image.size()));
      }
    }
  }
}
