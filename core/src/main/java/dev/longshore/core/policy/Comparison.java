package dev.longshore.core.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a condition's operator compares by; its negation is the {@link Condition}'s business. */
enum Comparison {
  STRING,
  STRING_IGNORE_CASE,
  STRING_LIKE,
  NUMBER_EQUAL,
  NUMBER_LESS,
  NUMBER_LESS_OR_EQUAL,
  NUMBER_GREATER,
  NUMBER_GREATER_OR_EQUAL,
  DATE_EQUAL,
  DATE_LESS,
  DATE_LESS_OR_EQUAL,
  DATE_GREATER,
  DATE_GREATER_OR_EQUAL,
  BOOL,
  BINARY,
  ADDRESS,
  ARN;

  /** Whether a call's value, which stands left of the operator, is what the policy wants. */
  boolean test(Wanted wanted, String value) {
    return switch (this) {
      case STRING, BINARY -> wanted.text().equals(value);
      case STRING_IGNORE_CASE, BOOL -> wanted.text().equalsIgnoreCase(value);
      case STRING_LIKE -> wanted.pattern().matches(value);
      case NUMBER_EQUAL -> numbers(wanted, value) == 0;
      case NUMBER_LESS -> numbers(wanted, value) == -1;
      case NUMBER_LESS_OR_EQUAL -> isLower(numbers(wanted, value));
      case NUMBER_GREATER -> numbers(wanted, value) == 1;
      case NUMBER_GREATER_OR_EQUAL -> isUpper(numbers(wanted, value));
      case DATE_EQUAL -> times(wanted, value) == 0;
      case DATE_LESS -> times(wanted, value) == -1;
      case DATE_LESS_OR_EQUAL -> isLower(times(wanted, value));
      case DATE_GREATER -> times(wanted, value) == 1;
      case DATE_GREATER_OR_EQUAL -> isUpper(times(wanted, value));
      case ADDRESS -> inRange(wanted, value);
      case ARN -> wanted.arn().matches(value);
    };
  }

  private static final int INCOMPARABLE = 2;

  private static boolean isLower(int order) {
    return order == 0 || order == -1;
  }

  private static boolean isUpper(int order) {
    return order == 0 || order == 1;
  }

  private static int numbers(Wanted wanted, String value) {
    double ours = wanted.number();
    double theirs = Compared.number(value);
    if (Double.isNaN(ours) || Double.isNaN(theirs)) {
      return INCOMPARABLE;
    }
    return theirs < ours ? -1 : theirs > ours ? 1 : 0;
  }

  private static int times(Wanted wanted, String value) {
    Instant ours = wanted.time();
    Instant theirs = Compared.time(value);
    return ours == null || theirs == null ? INCOMPARABLE : Integer.signum(theirs.compareTo(ours));
  }

  private static boolean inRange(Wanted wanted, String value) {
    AddressRange range = wanted.range();
    byte @Nullable [] address = AddressRange.address(value);
    return range != null && address != null && range.contains(address);
  }
}
