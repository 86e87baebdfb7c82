package dev.longshore.core.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a secret is rotated, and how far that is.
 *
 * @param functionArn whom to ask for each step
 * @param enabled whether it rotates by itself, and at all
 * @param rotatedAt when a rotation came to its end last
 * @param nextAt when the next one begins by itself; null: when somebody asks for it
 * @param run the one under way; null: none is
 */
public record SecretRotation(
    String functionArn,
    boolean enabled,
    Rules rules,
    @Nullable Instant rotatedAt,
    @Nullable Instant nextAt,
    @Nullable Run run) {
  /**
   * When a secret rotates by itself, as it was given; nothing of it for a secret that does not.
   *
   * @param days between two rotations
   * @param schedule an expression of {@code rate} or {@code cron}, instead of days
   * @param duration of the window in which a rotation is to begin
   */
  public record Rules(@Nullable Long days, @Nullable String schedule, @Nullable String duration) {
    public static final Rules NONE = new Rules(null, null, null);
  }

  /**
   * A rotation under way.
   *
   * @param versionId the version that is to be the current one in the end
   * @param step what the function is to do next
   * @param failures how often it was begun anew
   * @param callAt when the function is to be asked
   */
  public record Run(String versionId, RotationStep step, int failures, Instant callAt) {}

  /** With another run under way, or none. */
  public SecretRotation withRun(@Nullable Run other) {
    return new SecretRotation(functionArn, enabled, rules, rotatedAt, nextAt, other);
  }
}
