package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A user of the account.
 *
 * @param id unique for ever, {@code AIDA…}
 * @param groups names of the groups that the user is in
 */
public record IamUser(
    String name,
    String path,
    String id,
    String arn,
    Instant createdAt,
    Grants grants,
    List<String> groups,
    Map<String, String> tags) {
  /** Keyed by the name in lower case: names that differ by case only are the same to AWS. */
  public static final Kind<IamUser> KIND =
      Kind.of("iamUser", IamUser.class, user -> key(user.name()));

  /** The key of the user of that name. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  public IamUser withGrants(Grants value) {
    return new IamUser(name, path, id, arn, createdAt, value, groups, tags);
  }

  public IamUser withGroups(List<String> value) {
    return new IamUser(name, path, id, arn, createdAt, grants, value, tags);
  }

  public IamUser withTags(Map<String, String> value) {
    return new IamUser(name, path, id, arn, createdAt, grants, groups, value);
  }

  /** The same user, called otherwise. */
  public IamUser named(String newName, String newPath, String newArn) {
    return new IamUser(newName, newPath, id, newArn, createdAt, grants, groups, tags);
  }
}
