package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A role.
 *
 * @param id unique for ever, {@code AROA…}
 * @param trust the document that says who may take the role on
 * @param maxSession seconds that a session may last, 3600 to 43200
 * @param linkedService the service that the role belongs to, which alone may change it; null: none
 */
public record IamRole(
    String name,
    String path,
    String id,
    String arn,
    Instant createdAt,
    String trust,
    @Nullable String description,
    int maxSession,
    Grants grants,
    Map<String, String> tags,
    @Nullable String linkedService) {
  /** Keyed by the name in lower case. */
  public static final Kind<IamRole> KIND =
      Kind.of("iamRole", IamRole.class, role -> key(role.name()));

  /** The key of the role of that name. */
  public static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The key of the role that is named by its name or by its ARN, path or not. */
  public static String keyOf(String nameOrArn) {
    return key(nameOrArn.substring(nameOrArn.lastIndexOf('/') + 1));
  }

  public IamRole withTrust(String value) {
    return new IamRole(
        name,
        path,
        id,
        arn,
        createdAt,
        value,
        description,
        maxSession,
        grants,
        tags,
        linkedService);
  }

  public IamRole withDescription(@Nullable String value, int newMaxSession) {
    return new IamRole(
        name, path, id, arn, createdAt, trust, value, newMaxSession, grants, tags, linkedService);
  }

  public IamRole withGrants(Grants value) {
    return new IamRole(
        name, path, id, arn, createdAt, trust, description, maxSession, value, tags, linkedService);
  }

  public IamRole withTags(Map<String, String> value) {
    return new IamRole(
        name,
        path,
        id,
        arn,
        createdAt,
        trust,
        description,
        maxSession,
        grants,
        value,
        linkedService);
  }
}
