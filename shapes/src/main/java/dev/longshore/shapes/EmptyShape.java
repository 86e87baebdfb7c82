package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/** The value of a structure without members, and its own builder. */
final class EmptyShape implements Shape, ShapeBuilder {
  @Override
  public Structure schema() {
    return Structure.EMPTY;
  }

  @Override
  public @Nullable Object member(int index) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public ShapeBuilder fresh() {
    return this;
  }

  @Override
  public ShapeBuilder set(int index, @Nullable Object value) {
    throw new IndexOutOfBoundsException(index);
  }

  @Override
  public Shape build() {
    return this;
  }

  @Override
  public String toString() {
    return "Unit[]";
  }
}
