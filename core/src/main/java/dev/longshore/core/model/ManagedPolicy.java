package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A managed policy of the account.
 *
 * @param defaultVersion the version that counts
 * @param versions at most five, the oldest first
 * @param lastVersion the highest number ever given to a version
 */
public record ManagedPolicy(
    String arn,
    String name,
    String path,
    String id,
    @Nullable String description,
    Instant createdAt,
    Instant updatedAt,
    String defaultVersion,
    List<Version> versions,
    int lastVersion,
    Map<String, String> tags) {
  /** Keyed by ARN. */
  public static final Kind<ManagedPolicy> KIND =
      Kind.of("managedPolicy", ManagedPolicy.class, ManagedPolicy::arn);

  /**
   * What a policy said since then.
   *
   * @param id {@code v1}, {@code v2}, …
   */
  public record Version(String id, String document, Instant createdAt) {}

  /** The version of that id; null where there is none. */
  public @Nullable Version version(String versionId) {
    for (Version version : versions) {
      if (version.id().equals(versionId)) {
        return version;
      }
    }
    return null;
  }

  /** What counts. */
  public String document() {
    Version version = version(defaultVersion);
    return version == null ? "" : version.document();
  }

  public ManagedPolicy withVersions(
      List<Version> value, String newDefault, int newLast, Instant now) {
    return new ManagedPolicy(
        arn, name, path, id, description, createdAt, now, newDefault, value, newLast, tags);
  }

  public ManagedPolicy withTags(Map<String, String> value) {
    return new ManagedPolicy(
        arn,
        name,
        path,
        id,
        description,
        createdAt,
        updatedAt,
        defaultVersion,
        versions,
        lastVersion,
        value);
  }
}
