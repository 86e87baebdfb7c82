package dev.longshore.server.registry;

import dev.longshore.shapes.ListType;
import dev.longshore.shapes.Member;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ShapeBuilder;
import dev.longshore.shapes.Structure;
import dev.longshore.shapes.StructureType;
import dev.longshore.shapes.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns a shape of one API into that of another whose members have the same names. */
final class Likeness {
  private Likeness() {}

  /**
   * The like of a shape.
   *
   * @param instead values of top-level members that are not those of the shape
   */
  static Shape of(Shape from, Structure wanted, Map<String, Object> instead) {
    ShapeBuilder builder = wanted.builder();
    for (Member member : wanted.members()) {
      Member source = from.schema().named(member.name());
      Object value = source == null ? null : from.member(source.index());
      Object given = instead.get(member.name());
      builder.set(member.index(), given == null ? value(value, member.type()) : given);
    }
    return builder.build();
  }

  private static @Nullable Object value(@Nullable Object value, Type type) {
    return switch (type) {
      case StructureType structure when value instanceof Shape shape ->
          of(shape, structure.structure(), Map.of());
      case ListType list when value instanceof List<?> items -> {
        List<Object> all = new ArrayList<>();
        for (Object item : items) {
          Object like = value(item, list.element().type());
          if (like != null) {
            all.add(like);
          }
        }
        yield all;
      }
      default -> value;
    };
  }
}
