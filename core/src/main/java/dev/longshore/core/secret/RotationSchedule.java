package dev.longshore.core.secret;

import com.google.re2j.Pattern;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.RotationRulesType;
import org.jspecify.annotations.Nullable;

/** What rules of rotation are like. */
final class RotationSchedule {
  /** Hours between two rotations, at least. */
  private static final int LEAST_HOURS = 4;

  private static final int MOST_DAYS = 999;
  private static final Pattern HOURS = Pattern.compile("rate\\(([0-9]{1,4}) hours?\\)");
  private static final Pattern DAYS = Pattern.compile("rate\\(([0-9]{1,4}) days?\\)");

  /** Minutes are always 0: rotations begin on the hour. */
  private static final Pattern CRON = Pattern.compile("cron\\(0( [0-9A-Za-z*?,/#-]+){5}\\)");

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
    if (!often && !within(DAYS, expression, 1, MOST_DAYS) && !CRON.matches(expression)) {
      throw new InvalidParameterException("The schedule expression isn't valid: " + expression);
    }
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
