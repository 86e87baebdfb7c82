package dev.longshore.wire.validation;

import dev.longshore.shapes.Member;
import org.jspecify.annotations.Nullable;

/**
 * One broken constraint.
 *
 * @param path where the value stands, in AWS's form: {@code tags.1.member.key}
 * @param member the member that holds the value
 * @param value the offending value, null when a required one is absent
 * @param rule the kind of constraint
 * @param requirement what must hold: {@code Member must not be null}
 */
public record Violation(
    String path, Member member, @Nullable Object value, Rule rule, String requirement) {
  /** AWS's sentence about this violation. Sensitive values are left out of it. */
  public String text() {
    return "Value%s at '%s' failed to satisfy constraint: %s".formatted(shown(), path, requirement);
  }

  private String shown() {
    if (value == null) {
      return " null";
    }
    if (member.isSecret()) {
      return "";
    }
    return " '" + Excerpt.of(value) + "'";
  }

  /** The record's text without the value, which may be sensitive. */
  @Override
  public String toString() {
    return path + ": " + requirement;
  }
}
