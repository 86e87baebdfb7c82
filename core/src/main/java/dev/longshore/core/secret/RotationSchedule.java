package dev.longshore.core.secret;

import com.google.re2j.Pattern;
import dev.longshore.core.model.SecretRotation;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.RotationRulesType;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What rules of rotation are like, and when they have a secret rotate next. */
final class RotationSchedule {
  /** Hours between two rotations, at least. */
  private static final int LEAST_HOURS = 4;

  private static final int MOST_DAYS = 999;
  private static final Pattern HOURS = Pattern.compile("rate\\(([0-9]{1,4}) hours?\\)");
  private static final Pattern DAYS = Pattern.compile("rate\\(([0-9]{1,4}) days?\\)");

  private RotationSchedule() {}

  static void check(@Nullable RotationRulesType rules) {
    String expression = rules == null ? null : rules.scheduleExpression();
    if (rules == null || expression == null) {
      return;
    }
    if (rules.automaticallyAfterDays() != null) {
      throw new InvalidParameterException(
          "You cannot specify both rotation frequency and schedule expression together.");
    }
    boolean often = within(HOURS, expression, LEAST_HOURS, MOST_DAYS * 24);
    if (!often
        && !within(DAYS, expression, 1, MOST_DAYS)
        && RotationCron.of(expression).isEmpty()) {
      throw new InvalidParameterException("The schedule expression isn't valid: " + expression);
    }
  }

  /** The rules as they are kept; none given leave those of before. */
  static SecretRotation.Rules rules(@Nullable RotationRulesType given, SecretRotation.Rules old) {
    return given == null
        ? old
        : new SecretRotation.Rules(
            given.automaticallyAfterDays(), given.scheduleExpression(), given.duration());
  }

  /**
   * The beginning of the next window: midnight of a day where days are counted, else an hour; null
   * where the rules leave it to callers.
   */
  static @Nullable Instant next(SecretRotation.Rules rules, Instant from) {
    String expression = rules.schedule();
    if (expression == null) {
      return rules.days() == null ? null : inDays(from, rules.days());
    }
    var days = DAYS.matcher(expression);
    if (days.matches()) {
      return inDays(from, Long.parseLong(days.group(1)));
    }
    var hours = HOURS.matcher(expression);
    if (hours.matches()) {
      long count = Long.parseLong(hours.group(1));
      return from.truncatedTo(ChronoUnit.HOURS).plus(Duration.ofHours(count));
    }
    return RotationCron.of(expression).flatMap(cron -> cron.after(from)).orElse(null);
  }

  private static Instant inDays(Instant from, long days) {
    return from.truncatedTo(ChronoUnit.DAYS).plus(Duration.ofDays(days));
  }

  private static boolean within(Pattern form, String expression, int least, int most) {
    var found = form.matcher(expression);
    if (!found.matches()) {
      return false;
    }
    int number = Integer.parseInt(found.group(1));
    return number >= least && number <= most;
  }
}
