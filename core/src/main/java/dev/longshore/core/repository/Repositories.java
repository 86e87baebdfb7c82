package dev.longshore.core.repository;

import dev.longshore.core.model.ImageRepository;
import dev.longshore.core.model.ImageTag;
import dev.longshore.core.model.StoredImage;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecr.ImageIdentifier;
import dev.longshore.shapes.ecr.ImageNotFoundException;
import dev.longshore.shapes.ecr.InvalidParameterException;
import dev.longshore.shapes.ecr.RepositoryNotFoundException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds repositories and images, and says in ECR's words that they are not there. */
public final class Repositories {
  private Repositories() {}

  /**
   * The repository of that name.
   *
   * @param registry the registry's id where the request names one; there is only the account's own
   * @throws RepositoryNotFoundException there is none
   */
  public static ImageRepository existing(
      View view, @Nullable String registry, String name, Context context) {
    return existing(view, registry, name, context.place());
  }

  /** As {@link #existing(View, String, String, Context)}. */
  public static ImageRepository existing(
      View view, @Nullable String registry, String name, Place place) {
    String id = registry == null ? place.accountId() : registry;
    ImageRepository row =
        id.equals(place.accountId()) ? view.find(ImageRepository.KIND, name) : null;
    if (row == null) {
      throw new RepositoryNotFoundException(
          "The repository with name '"
              + name
              + "' does not exist in the registry with id '"
              + id
              + "'");
    }
    return row;
  }

  /** The ARN of a repository. */
  public static String arn(Place place, String name) {
    return "arn:"
        + place.partition()
        + ":ecr:"
        + place.region()
        + ':'
        + place.accountId()
        + ":repository/"
        + name;
  }

  /** The image that a digest names, else a tag; null where there is none. */
  public static @Nullable StoredImage find(
      View view, String repository, @Nullable String digest, @Nullable String tag) {
    String found = digest;
    if (found == null && tag != null) {
      ImageTag row = view.find(ImageTag.KIND, ImageTag.key(repository, tag));
      found = row == null ? null : row.digest();
    }
    return found == null ? null : view.find(StoredImage.KIND, StoredImage.key(repository, found));
  }

  /**
   * The image that an identifier names; where it names both, the tag must be the digest's.
   *
   * @throws ImageNotFoundException there is none
   * @throws InvalidParameterException it names nothing
   */
  public static StoredImage image(
      View view, String repository, ImageIdentifier id, Context context) {
    if (id.imageDigest() == null && id.imageTag() == null) {
      throw invalid("imageId", "both tag and digest cannot be null");
    }
    StoredImage row = find(view, repository, id.imageDigest(), id.imageTag());
    if (row == null || !agrees(view, row, id.imageTag())) {
      throw new ImageNotFoundException(
          "The image with imageId {imageDigest:'"
              + id.imageDigest()
              + "', imageTag:'"
              + id.imageTag()
              + "'} does not exist within the repository with name '"
              + repository
              + "' in the registry with id '"
              + context.place().accountId()
              + "'");
    }
    return row;
  }

  static boolean agrees(View view, StoredImage image, @Nullable String tag) {
    if (tag == null) {
      return true;
    }
    ImageTag row = view.find(ImageTag.KIND, ImageTag.key(image.repository(), tag));
    return row != null && row.digest().equals(image.digest());
  }

  /** The tags of an image, sorted. */
  public static List<String> tags(View view, StoredImage image) {
    List<String> tags = new ArrayList<>();
    view.by(ImageTag.BY_IMAGE, image.key()).forEach(row -> tags.add(row.tag()));
    return tags;
  }

  /** ECR's way to refuse a parameter. */
  static InvalidParameterException invalid(String member, String why) {
    return new InvalidParameterException(
        "Invalid parameter at '" + member + "' failed to satisfy constraint: '" + why + "'");
  }
}
