package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/** Collects the members of one {@link Shape}. A schema keeps an empty one as its prototype. */
public interface ShapeBuilder {
  /** A new and empty builder of the same structure. */
  ShapeBuilder fresh();

  /**
   * Sets the member with this index; null makes it absent.
   *
   * @throws ClassCastException when the value is not of the member's Java type, see {@link Kind}
   * @throws IndexOutOfBoundsException when the schema has no such member
   */
  ShapeBuilder set(int index, @Nullable Object value);

  /** The shape. Required members are not checked here: that is the task of validation. */
  Shape build();
}
