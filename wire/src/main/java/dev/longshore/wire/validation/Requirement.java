package dev.longshore.wire.validation;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.Bounds;
import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ScalarType;
import dev.longshore.shapes.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** One requirement on values of a type, and AWS's words for it. */
record Requirement(Rule rule, String text, Test test) {
  @FunctionalInterface
  interface Test {
    boolean holds(Object value);
  }

  /** The requirements on single values of a type, upper bounds first as AWS lists them. */
  static List<Requirement> of(Type type) {
    var requirements = new ArrayList<Requirement>(2);
    addBounds(type, requirements);
    if (type instanceof ScalarType scalar) {
      if (scalar.pattern() != null) {
        requirements.add(
            new Requirement(
                Rule.PATTERN,
                "Member must satisfy regular expression pattern: " + scalar.pattern(),
                value -> BoundedMatch.matches(scalar, (String) value)));
      }
      if (scalar.isEnum()) {
        requirements.add(
            new Requirement(
                Rule.ENUM,
                "Member must satisfy enum value set: " + scalar.values(),
                value -> scalar.values().contains((String) value)));
      }
    }
    return requirements;
  }

  /** Whether {@link #of} gives any, found out without making them. */
  static boolean any(Type type) {
    return !type.bounds().equals(Bounds.NONE)
        || (type instanceof ScalarType scalar && (scalar.pattern() != null || scalar.isEnum()));
  }

  private static void addBounds(Type type, List<Requirement> requirements) {
    boolean number = isNumber(type.kind());
    var rule = number ? Rule.RANGE : Rule.LENGTH;
    var measured = number ? "value" : "length";
    var max = type.bounds().max();
    if (max != null) {
      long limit = max;
      requirements.add(
          new Requirement(
              rule,
              "Member must have " + measured + " less than or equal to " + limit,
              value -> number ? compare(value, limit) <= 0 : length(value) <= limit));
    }
    var min = type.bounds().min();
    if (min != null) {
      long limit = min;
      requirements.add(
          new Requirement(
              rule,
              "Member must have " + measured + " greater than or equal to " + limit,
              value -> number ? compare(value, limit) >= 0 : length(value) >= limit));
    }
  }

  private static boolean isNumber(Kind kind) {
    return switch (kind) {
      case INTEGER, LONG, FLOAT, DOUBLE -> true;
      case STRING, BOOLEAN, TIMESTAMP, BLOB, DOCUMENT, LIST, MAP, STRUCTURE -> false;
    };
  }

  private static int compare(Object number, long limit) {
    return number instanceof Double || number instanceof Float
        ? Double.compare(((Number) number).doubleValue(), (double) limit)
        : Long.compare(((Number) number).longValue(), limit);
  }

  /** Characters of a string, bytes of a blob, elements of a collection. */
  private static int length(Object value) {
    return switch (value) {
      case String text -> text.codePointCount(0, text.length());
      case Blob blob -> blob.size();
      case Collection<?> list -> list.size();
      case Map<?, ?> map -> map.size();
      default -> throw new IllegalArgumentException(value.getClass() + " has no length");
    };
  }
}
