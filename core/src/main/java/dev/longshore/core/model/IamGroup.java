package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.Locale;

/**
 * A group of users.
 *
 * @param id unique for ever, {@code AGPA…}
 */
public record IamGroup(
    String name, String path, String id, String arn, Instant createdAt, Grants grants) {
  /** Keyed by the name in lower case. */
  public static final Kind<IamGroup> KIND =
      Kind.of("iamGroup", IamGroup.class, group -> key(group.name()));

  /** The key of the group of that name. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  public IamGroup withGrants(Grants value) {
    return new IamGroup(name, path, id, arn, createdAt, value);
  }

  /** The same group, called otherwise. */
  public IamGroup named(String newName, String newPath, String newArn) {
    return new IamGroup(newName, newPath, id, newArn, createdAt, grants);
  }
}
