package dev.longshore.wire.validation;

import dev.longshore.shapes.Kind;
import dev.longshore.shapes.ListType;
import dev.longshore.shapes.MapType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks shapes against the constraints that the API's model states. */
public final class Validation {
  /** More findings than this help nobody; a request could hold millions. */
  private static final int MAX_VIOLATIONS = 100;

  private final List<Violation> violations = new ArrayList<>(0);

  private Validation() {}

  /**
   * The constraints that a shape breaks, in the order of the model; at most 100, and empty when all
   * hold. Checked are required members, lengths, ranges, patterns and enums, at every depth.
   */
  public static List<Violation> check(Shape shape) {
    var validation = new Validation();
    validation.structure("", shape);
    return validation.violations;
  }

  /** AWS's text about violations: their number, then a sentence for each. */
  public static String message(Collection<Violation> violations) {
    int count = violations.size();
    return violations.stream()
        .map(Violation::text)
        .collect(
            Collectors.joining(
                "; ", count + " validation error" + (count == 1 ? "" : "s") + " detected: ", ""));
  }

  private void structure(String prefix, Shape shape) {
    Structure schema = shape.schema();
    for (var member : schema.members()) {
      var value = shape.member(member.index());
      if (value == null) {
        if (member.isRequired()) {
          add(path(prefix, member), member, null, Rule.REQUIRED, "Member must not be null");
        }
      } else if (isWorthVisiting(member.type())) {
        value(path(prefix, member), member, value);
      }
    }
  }

  /** Most members have no constraint, and a path costs more than this look at the type. */
  private static boolean isWorthVisiting(Type type) {
    return switch (type.kind()) {
      case LIST, MAP, STRUCTURE -> true;
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, BLOB, DOCUMENT ->
          Requirement.any(type);
    };
  }

  private void value(String path, Member member, Object value) {
    if (Requirement.any(member.type())) {
      for (var requirement : Requirement.of(member.type())) {
        if (!requirement.test().holds(value)) {
          add(path, member, value, requirement.rule(), requirement.text());
        }
      }
    }
    switch (member.kind()) {
      case STRUCTURE -> structure(path + ".", (Shape) value);
      case LIST -> list(path, member, (List<?>) value);
      case MAP -> map(path, member, (Map<?, ?>) value);
      case STRING, BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, TIMESTAMP, BLOB, DOCUMENT -> {}
    }
  }

  private void list(String path, Member member, List<?> elements) {
    var element = ((ListType) member.type()).element();
    if (isScalar(element.kind())) {
      scalars(path, member, elements, element, elements, "Member");
      return;
    }
    int position = 1;
    for (var value : elements) {
      if (value != null) {
        value(path + "." + position + ".member", element, value);
      }
      position++;
    }
  }

  private void map(String path, Member member, Map<?, ?> entries) {
    var type = (MapType) member.type();
    scalars(path, member, entries, type.key(), entries.keySet(), "Map keys");
    if (isScalar(type.value().kind())) {
      scalars(path, member, entries, type.value(), entries.values(), "Map value");
      return;
    }
    for (var entry : entries.entrySet()) {
      if (entry.getValue() != null) {
        value(path + "." + entry.getKey() + ".member", type.value(), entry.getValue());
      }
    }
  }

  /**
   * AWS reports scalars of a collection once, as a fault of the whole collection, and lists all
   * requirements on them.
   */
  private void scalars(
      String path,
      Member member,
      Object collection,
      Member part,
      Collection<?> values,
      String subject) {
    if (!Requirement.any(part.type())) {
      return;
    }
    var requirements = Requirement.of(part.type());
    for (var requirement : requirements) {
      for (var value : values) {
        if (value != null && !requirement.test().holds(value)) {
          var texts = requirements.stream().map(Requirement::text).toList();
          var text = subject + " must satisfy constraint: " + texts;
          add(path, member, collection, requirement.rule(), text);
          return;
        }
      }
    }
  }

  private static boolean isScalar(Kind kind) {
    return kind != Kind.LIST && kind != Kind.MAP && kind != Kind.STRUCTURE;
  }

  private static String path(String prefix, Member member) {
    var name = member.name();
    return prefix + Character.toLowerCase(name.charAt(0)) + name.substring(1);
  }

  private void add(
      String path, Member member, @Nullable Object value, Rule rule, String requirement) {
    if (violations.size() < MAX_VIOLATIONS) {
      violations.add(new Violation(path, member, value, rule, requirement));
    }
  }
}
