package dev.longshore.core.policy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A value that a policy wants, read in the one way that its operator compares by.
 *
 * @param number NaN where it is none
 * @param arn by segments; never matches where it is no ARN
 */
record Wanted(
    String text,
    Wildcard pattern,
    double number,
    @Nullable Instant time,
    @Nullable AddressRange range,
    ArnPattern arn) {
  static Wanted of(Comparison comparison, String text, Wildcard pattern) {
    String name = comparison.name();
    return new Wanted(
        text,
        pattern,
        name.startsWith("NUMBER") ? Compared.number(text) : Double.NaN,
        name.startsWith("DATE") ? Compared.time(text) : null,
        comparison == Comparison.ADDRESS ? AddressRange.of(text) : null,
        comparison == Comparison.ARN ? ArnPattern.of(pattern) : ArnPattern.NONE);
  }
}
