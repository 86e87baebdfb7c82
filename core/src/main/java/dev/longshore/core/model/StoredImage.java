package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.Tally;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An image of a repository, or an index of images: a manifest, whose bytes stand in the blob store.
 *
 * @param artifactType what the manifest says it is, if it does
 * @param configType media type of an image's configuration; null for an index
 * @param manifestSize bytes of the manifest
 * @param size bytes of configuration and layers; of an index, its largest child's
 * @param pulledAt the last pull, to the day
 * @param subject digest of the manifest that this one is about
 * @param layers digests of configuration and layers that this registry keeps
 * @param children digests of an index's manifests
 * @param annotations as the manifest has them
 */
public record StoredImage(
    String repository,
    String digest,
    String mediaType,
    @Nullable String artifactType,
    @Nullable String configType,
    long manifestSize,
    long size,
    Instant pushedAt,
    @Nullable Instant pulledAt,
    @Nullable String subject,
    List<String> layers,
    List<String> children,
    Map<String, String> annotations) {
  /** Keyed by {@code repository@digest}. */
  public static final Kind<StoredImage> KIND =
      Kind.of("storedImage", StoredImage.class, row -> key(row.repository, row.digest));

  public static final Index<StoredImage> BY_REPOSITORY =
      KIND.index("repository", StoredImage::repository);

  /** By {@code repository@digest} of the subject. */
  public static final Index<StoredImage> BY_SUBJECT =
      KIND.index("subject", row -> row.subject == null ? null : key(row.repository, row.subject));

  /** Over all repositories: whether anybody wants the manifest's blob. */
  public static final Index<StoredImage> BY_DIGEST = KIND.index("digest", StoredImage::digest);

  /** Bytes of the manifests of each repository. */
  public static final Tally<StoredImage, Long> MANIFEST_BYTES =
      KIND.tally(
          StoredImage::repository,
          StoredImage::manifestSize,
          0L,
          Long::sum,
          (sum, less) -> sum - less);

  /** Bytes of all manifests, under {@link StoredLayer#ALL}. */
  public static final Tally<StoredImage, Long> ALL_MANIFEST_BYTES =
      KIND.tally(
          row -> StoredLayer.ALL,
          StoredImage::manifestSize,
          0L,
          Long::sum,
          (sum, less) -> sum - less);

  /** The key of an image. */
  public static String key(String repository, String digest) {
    return repository + '@' + digest;
  }

  public String key() {
    return key(repository, digest);
  }

  public StoredImage pulled(Instant at) {
    return with(size, at);
  }

  public StoredImage sized(long bytes) {
    return with(bytes, pulledAt);
  }

  private StoredImage with(long newSize, @Nullable Instant newPulledAt) {
    return new StoredImage(
        repository,
        digest,
        mediaType,
        artifactType,
        configType,
        manifestSize,
        newSize,
        pushedAt,
        newPulledAt,
        subject,
        layers,
        children,
        annotations);
  }
}
