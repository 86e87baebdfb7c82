package dev.longshore.core.balancing;

import java.util.List;

/**
 * An attribute: its key, its default, and what it may be.
 *
 * @param usual what it is unless it was set
 * @param allowed the values there are; empty where any text or a number may stand
 * @param least of a number; above {@code most} where it is no number
 * @param orZero whether 0 may stand outside of the bounds, to turn something off
 */
record AttributeRule(
    String key, String usual, List<String> allowed, int least, int most, boolean orZero) {
  /** Texts become parts of headers and of files' names, where nothing else may stand. */
  private static final String VISIBLE = "[ -~]{0,1024}";

  static AttributeRule flag(String key, boolean usual) {
    return choice(key, Boolean.toString(usual), "true", "false");
  }

  static AttributeRule choice(String key, String usual, String... allowed) {
    return new AttributeRule(key, usual, List.of(allowed), 1, 0, false);
  }

  static AttributeRule text(String key, String usual) {
    return new AttributeRule(key, usual, List.of(), 1, 0, false);
  }

  static AttributeRule number(String key, int usual, int least, int most) {
    return new AttributeRule(key, Integer.toString(usual), List.of(), least, most, false);
  }

  /** A number, or 0 for "not at all". */
  static AttributeRule numberOrZero(String key, int least, int most) {
    return new AttributeRule(key, "0", List.of(), least, most, true);
  }

  /** A number, or {@code off}. */
  static AttributeRule numberOrOff(String key, String usual, int least, int most) {
    return new AttributeRule(key, usual, List.of("off"), least, most, false);
  }

  /** Whether the attribute may have that value. */
  boolean allows(String value) {
    if (allowed.contains(value)) {
      return true;
    }
    if (least > most) {
      return allowed.isEmpty() && value.matches(VISIBLE);
    }
    if (!value.matches("[0-9]{1,9}")) {
      return false;
    }
    int number = Integer.parseInt(value);
    return (number >= least && number <= most) || (orZero && number == 0);
  }
}
