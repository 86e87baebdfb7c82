package dev.longshore.core.placement.language;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * Regular expressions of bounded cost. Their engine's time grows with pattern times text and never
 * faster; what is left to bound is the pattern, since {@code ((x{1000}){1000}){1000}} says a
 * billion in 24 letters.
 */
final class RegularExpression {
  /** Steps that a pattern may unfold to; all those of one expression together. */
  static final int MAX_STEPS = 1000;

  /** What is not even unfolded, to count its steps. */
  private static final long MAX_ESTIMATE = 100_000;

  private static final int MAX_GROUPS = 100;

  /** What is wrong with a pattern, in words for the user. */
  static final class Fault extends Exception {
    private static final long serialVersionUID = 1L;

    Fault(String message) {
      super(message, null, false, false);
    }
  }

  private RegularExpression() {}

  /**
   * Understands a pattern.
   *
   * @throws Fault it is none, or it is too large
   */
  static Pattern compile(String text) throws Fault {
    if (estimate(text) > MAX_ESTIMATE || text.chars().filter(c -> c == '(').count() > MAX_GROUPS) {
      throw tooLarge();
    }
    try {
      Pattern pattern = Pattern.compile(text);
      if (pattern.programSize() > MAX_STEPS) {
        throw tooLarge();
      }
      return pattern;
    } catch (PatternSyntaxException e) {
      throw new Fault("the regular expression is not valid: " + e.getDescription());
    }
  }

  static Fault tooLarge() {
    return new Fault("the regular expression is too large");
  }

  /**
   * At least as many steps as the pattern unfolds to. A count behind a group, or behind anything
   * that might hide one, multiplies all; one behind a letter or a class adds to it.
   */
  private static long estimate(String text) {
    long sum = text.length();
    long product = 1;
    for (int at = text.indexOf('{'); at >= 0; at = text.indexOf('{', at + 1)) {
      long times = largestNumber(text, at + 1);
      if (mayEndGroup(text, at)) {
        product = Math.min(product * Math.max(times, 1), MAX_ESTIMATE + 1);
      } else {
        sum += times;
      }
    }
    return sum * product;
  }

  private static boolean mayEndGroup(String text, int brace) {
    return brace > 0
        && (text.charAt(brace - 1) == ')'
            || text.charAt(brace - 1) == '}'
            || text.startsWith("\\E", brace - 2));
  }

  /** Of the one or two numbers of a count, which end where something else begins. */
  private static long largestNumber(String text, int start) {
    long largest = 0;
    long number = 0;
    for (int at = start; at < text.length(); at++) {
      char letter = text.charAt(at);
      if (letter >= '0' && letter <= '9') {
        number = Math.min(number * 10 + (letter - '0'), MAX_ESTIMATE);
        largest = Math.max(largest, number);
      } else if (letter == ',') {
        number = 0;
      } else {
        break;
      }
    }
    return largest;
  }
}
