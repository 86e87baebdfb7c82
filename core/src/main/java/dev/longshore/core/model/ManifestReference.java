package dev.longshore.core.model;

import dev.longshore.core.state.Index;
import dev.longshore.core.state.Kind;

/** That an index lists an image, which therefore cannot be deleted before it. */
public record ManifestReference(String repository, String parent, String child) {
  /** Keyed by {@code repository@parent child}. */
  public static final Kind<ManifestReference> KIND =
      Kind.of(
          "manifestReference",
          ManifestReference.class,
          row -> key(row.repository, row.parent, row.child));

  /** By the key of the listed image. */
  public static final Index<ManifestReference> BY_CHILD =
      KIND.index("child", row -> StoredImage.key(row.repository, row.child));

  /** The key of a reference. */
  public static String key(String repository, String parent, String child) {
    return StoredImage.key(repository, parent) + ' ' + child;
  }
}
