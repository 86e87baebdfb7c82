package dev.longshore.core.taskdefinition;

import java.math.BigDecimal;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the sizes of tasks as users write them: whole units, or a number with its unit in any case,
 * with or without one blank between.
 */
public final class TaskSizes {
  private static final Pattern UNITS = Pattern.compile("[0-9]{1,9}");
  private static final Pattern VCPU = quantity("vcpu");
  private static final Pattern GB = quantity("gb");
  private static final BigDecimal PER_UNIT = BigDecimal.valueOf(1024);

  private TaskSizes() {}

  private static Pattern quantity(String unit) {
    return Pattern.compile(
        "([0-9]{1,6}(?:\\.[0-9]{1,9})?|\\.[0-9]{1,9}) ?" + unit, Pattern.CASE_INSENSITIVE);
  }

  /** CPU units, 1024 a vCPU; empty where the text is no positive whole number of units. */
  public static OptionalInt cpu(String text) {
    return read(text, VCPU);
  }

  /** MiB; empty where the text is no positive whole number of MiB. */
  public static OptionalInt memory(String text) {
    return read(text, GB);
  }

  private static OptionalInt read(String text, Pattern quantity) {
    if (UNITS.matcher(text).matches()) {
      return positive(Integer.parseInt(text));
    }
    Matcher matcher = quantity.matcher(text);
    if (!matcher.matches()) {
      return OptionalInt.empty();
    }
    BigDecimal units = new BigDecimal(matcher.group(1)).multiply(PER_UNIT).stripTrailingZeros();
    return units.scale() > 0 ? OptionalInt.empty() : positive(units.intValueExact());
  }

  private static OptionalInt positive(int units) {
    return units > 0 ? OptionalInt.of(units) : OptionalInt.empty();
  }
}
