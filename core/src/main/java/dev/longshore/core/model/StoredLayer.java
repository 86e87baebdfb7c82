package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;
import dev.longshore.core.state.Tally;
import java.time.Instant;

/**
 * That a repository has a layer (or an image's configuration), whose bytes stand in the blob store.
 *
 * @param size its bytes
 * @param images how many images of the repository have it
 * @param since since when it has that many
 */
public record StoredLayer(String repository, String digest, long size, int images, Instant since) {
  /** Keyed by {@code repository@digest}. */
  public static final Kind<StoredLayer> KIND =
      Kind.of("storedLayer", StoredLayer.class, row -> StoredImage.key(row.repository, row.digest));

  public static final Index<StoredLayer> BY_REPOSITORY =
      KIND.index("repository", StoredLayer::repository);

  /** Over all repositories: whether anybody wants the blob. */
  public static final Index<StoredLayer> BY_DIGEST = KIND.index("digest", StoredLayer::digest);

  /** The layers that no image has, under {@link #UNUSED}. */
  public static final Index<StoredLayer> BY_USE =
      KIND.index("use", row -> row.images == 0 ? "unused" : null);

  /** Bytes of each repository. */
  public static final Tally<StoredLayer, Long> BYTES =
      KIND.tally(
          StoredLayer::repository, StoredLayer::size, 0L, Long::sum, (sum, less) -> sum - less);

  /** The bucket of totals over all repositories. */
  public static final String ALL = "all";

  /** Bytes of all repositories, under {@link #ALL}. */
  public static final Tally<StoredLayer, Long> ALL_BYTES =
      KIND.tally(row -> ALL, StoredLayer::size, 0L, Long::sum, (sum, less) -> sum - less);

  /** The bucket of {@link #BY_USE}. */
  public static final String UNUSED = "unused";

  public String key() {
    return StoredImage.key(repository, digest);
  }

  /** The layer after images came or went. */
  public StoredLayer used(int more, Instant now) {
    return new StoredLayer(repository, digest, size, images + more, now);
  }
}
