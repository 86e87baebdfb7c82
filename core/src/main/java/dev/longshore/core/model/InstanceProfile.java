package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What hands a role to a machine.
 *
 * @param id unique for ever, {@code AIPA…}
 * @param role the role's name; null: none yet
 */
public record InstanceProfile(
    String name,
    String path,
    String id,
    String arn,
    Instant createdAt,
    @Nullable String role,
    Map<String, String> tags) {
  /** Keyed by name. */
  public static final Kind<InstanceProfile> KIND =
      Kind.of("instanceProfile", InstanceProfile.class, InstanceProfile::name);

  public InstanceProfile withRole(@Nullable String value) {
    return new InstanceProfile(name, path, id, arn, createdAt, value, tags);
  }

  public InstanceProfile withTags(Map<String, String> value) {
    return new InstanceProfile(name, path, id, arn, createdAt, role, value);
  }
}
