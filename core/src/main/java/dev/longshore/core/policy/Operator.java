package dev.longshore.core.policy;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A condition's operator, taken apart.
 *
 * @param comparison null for {@code Null}, which asks whether the key is there
 * @param negated none of the values may compare
 * @param ifExists true where the key is missing
 */
record Operator(
    @Nullable Comparison comparison, boolean negated, boolean ifExists, Quantifier quantifier) {
  private static final Map<String, Operator> NAMED = new TreeMap<>();

  /** How several values of a key are taken together. */
  enum Quantifier {
    ONE,
    ALL,
    ANY
  }

  static {
    pair("String", "Equals", Comparison.STRING);
    pair("String", "EqualsIgnoreCase", Comparison.STRING_IGNORE_CASE);
    pair("String", "Like", Comparison.STRING_LIKE);
    ordered("Numeric", "NUMBER_");
    ordered("Date", "DATE_");
    add("Bool", Comparison.BOOL, false);
    add("BinaryEquals", Comparison.BINARY, false);
    add("IpAddress", Comparison.ADDRESS, false);
    add("NotIpAddress", Comparison.ADDRESS, true);
    pair("Arn", "Equals", Comparison.ARN);
    pair("Arn", "Like", Comparison.ARN);
  }

  private static void ordered(String type, String comparisons) {
    pair(type, "Equals", Comparison.valueOf(comparisons + "EQUAL"));
    add(type + "LessThan", Comparison.valueOf(comparisons + "LESS"), false);
    add(type + "LessThanEquals", Comparison.valueOf(comparisons + "LESS_OR_EQUAL"), false);
    add(type + "GreaterThan", Comparison.valueOf(comparisons + "GREATER"), false);
    add(type + "GreaterThanEquals", Comparison.valueOf(comparisons + "GREATER_OR_EQUAL"), false);
  }

  private static void pair(String type, String name, Comparison comparison) {
    add(type + name, comparison, false);
    add(type + "Not" + name, comparison, true);
  }

  private static void add(String name, Comparison comparison, boolean negated) {
    NAMED.put(
        name.toLowerCase(Locale.ROOT), new Operator(comparison, negated, false, Quantifier.ONE));
  }

  /**
   * The operator of that name, which may have a prefix and a suffix.
   *
   * @throws MalformedPolicyException there is none
   */
  static Operator named(String name) {
    String rest = name.toLowerCase(Locale.ROOT);
    Quantifier quantifier = Quantifier.ONE;
    if (rest.startsWith("forallvalues:")) {
      quantifier = Quantifier.ALL;
      rest = rest.substring("forallvalues:".length());
    } else if (rest.startsWith("foranyvalue:")) {
      quantifier = Quantifier.ANY;
      rest = rest.substring("foranyvalue:".length());
    }
    if (rest.equals("null")) {
      return new Operator(null, false, false, quantifier);
    }
    boolean ifExists = rest.endsWith("ifexists");
    Operator plain =
        NAMED.get(ifExists ? rest.substring(0, rest.length() - "ifexists".length()) : rest);
    if (plain == null) {
      throw new MalformedPolicyException("Invalid Condition type : " + name);
    }
    return new Operator(plain.comparison, plain.negated, ifExists, quantifier);
  }

  /** Whether a call is let through that does not have the key at all. */
  boolean withoutKey() {
    return switch (quantifier) {
      case ALL -> true;
      case ANY -> ifExists;
      case ONE -> ifExists || negated;
    };
  }
}
