package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;

/** A name for an image of a repository. */
public record ImageTag(String repository, String tag, String digest) {
  /** Keyed by {@code repository:tag}. */
  public static final Kind<ImageTag> KIND =
      Kind.of("imageTag", ImageTag.class, row -> key(row.repository, row.tag));

  /** In the order of the tags. */
  public static final Index<ImageTag> BY_REPOSITORY =
      KIND.index("repository", ImageTag::repository);

  /** By the image's key. */
  public static final Index<ImageTag> BY_IMAGE =
      KIND.index("image", row -> StoredImage.key(row.repository, row.digest));

  /** The key of a tag. */
  public static String key(String repository, String tag) {
    return repository + ':' + tag;
  }
}
