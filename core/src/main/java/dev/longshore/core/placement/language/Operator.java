package dev.longshore.core.placement.language;

import org.jspecify.annotations.Nullable;

/** The operators that stand behind a subject, each with a symbol and a word. */
enum Operator {
  EQUAL("==", "equals"),
  NOT_EQUAL("!=", "not_equals"),
  LESS("<", "less_than"),
  LESS_OR_EQUAL("<=", "less_than_equal"),
  GREATER(">", "greater_than"),
  GREATER_OR_EQUAL(">=", "greater_than_equal"),
  MATCHES("=~", "matches"),
  NOT_MATCHES("!~", "not_matches"),
  IN("in", "in"),
  NOT_IN("!in", "not_in"),
  EXISTS("exists", "exists"),
  NOT_EXISTS("!exists", "not_exists");

  private final String symbol;
  private final String word;

  Operator(String symbol, String word) {
    this.symbol = symbol;
    this.word = word;
  }

  /** The operator of that spelling, or null. */
  static @Nullable Operator of(String spelling) {
    for (Operator operator : values()) {
      if (operator.symbol.equals(spelling) || operator.word.equals(spelling)) {
        return operator;
      }
    }
    return null;
  }

  /** Whether it is the opposite of the one that names what is tested. */
  boolean isNegative() {
    return switch (this) {
      case NOT_EQUAL, NOT_MATCHES, NOT_IN, NOT_EXISTS -> true;
      default -> false;
    };
  }

  boolean isRegular() {
    return this == MATCHES || this == NOT_MATCHES;
  }

  boolean takesList() {
    return this == IN || this == NOT_IN;
  }

  /** What it says of a comparison; null for those that compare nothing. */
  @Nullable Order order() {
    return switch (this) {
      case EQUAL -> Order.EQUAL;
      case NOT_EQUAL -> Order.NOT_EQUAL;
      case LESS -> Order.LESS;
      case LESS_OR_EQUAL -> Order.LESS_OR_EQUAL;
      case GREATER -> Order.GREATER;
      case GREATER_OR_EQUAL -> Order.GREATER_OR_EQUAL;
      case MATCHES, NOT_MATCHES, IN, NOT_IN, EXISTS, NOT_EXISTS -> null;
    };
  }
}
