package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecr.EncryptionConfiguration;
import dev.longshore.shapes.ecr.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A repository of the registry: a name under which images are kept.
 *
 * @param policy who may do what, as it was set; null where nobody set one
 * @param lifecycle when images expire; null where nobody set it
 * @param preview what was asked to be tried out last
 */
public record ImageRepository(
    String name,
    Instant createdAt,
    TagMutability mutability,
    boolean scanOnPush,
    EncryptionConfiguration encryption,
    List<Tag> tags,
    @Nullable RepositoryPolicy policy,
    @Nullable Lifecycle lifecycle,
    @Nullable Lifecycle preview) {
  /** Keyed by name. */
  public static final Kind<ImageRepository> KIND =
      Kind.of("imageRepository", ImageRepository.class, ImageRepository::name);

  /** A repository as it is created. */
  public static ImageRepository created(
      String name,
      Instant now,
      TagMutability mutability,
      boolean scanOnPush,
      EncryptionConfiguration encryption,
      List<Tag> tags) {
    return new ImageRepository(
        name, now, mutability, scanOnPush, encryption, tags, null, null, null);
  }

  public ImageRepository withMutability(TagMutability value) {
    return new ImageRepository(
        name, createdAt, value, scanOnPush, encryption, tags, policy, lifecycle, preview);
  }

  public ImageRepository withScanOnPush(boolean value) {
    return new ImageRepository(
        name, createdAt, mutability, value, encryption, tags, policy, lifecycle, preview);
  }

  public ImageRepository withTags(List<Tag> value) {
    return new ImageRepository(
        name, createdAt, mutability, scanOnPush, encryption, value, policy, lifecycle, preview);
  }

  public ImageRepository withPolicy(@Nullable RepositoryPolicy value) {
    return new ImageRepository(
        name, createdAt, mutability, scanOnPush, encryption, tags, value, lifecycle, preview);
  }

  public ImageRepository withLifecycle(@Nullable Lifecycle value) {
    return new ImageRepository(
        name, createdAt, mutability, scanOnPush, encryption, tags, policy, value, preview);
  }

  public ImageRepository withPreview(@Nullable Lifecycle value) {
    return new ImageRepository(
        name, createdAt, mutability, scanOnPush, encryption, tags, policy, lifecycle, value);
  }
}
