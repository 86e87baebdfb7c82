package dev.longshore.core.taskdefinition;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How the IAM roles of tasks are named. */
public final class Roles {
  /** What AWS says of a name that can be no role's. */
  public static final String INVALID = "Role is not valid";

  private static final Pattern ROLE =
      Pattern.compile("(arn:aws[a-z-]*:iam::[0-9]{12}:role/)?[\\w+=,.@/-]{1,576}");

  private Roles() {}

  /** Whether this can name a role, by its ARN or by its name; so can null, which names none. */
  public static boolean isRole(@Nullable String role) {
    return role == null || ROLE.matcher(role).matches();
  }
}
