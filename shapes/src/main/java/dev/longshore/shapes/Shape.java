package dev.longshore.shapes;

import org.jspecify.annotations.Nullable;

/**
 * A value of a structure of an API model. Its members are read by their index in the schema, so
 * that codecs and checks need neither reflection nor one accessor object per member.
 */
public interface Shape {
  /** What an action answers whose model has no output. */
  Shape NOTHING = new EmptyShape();

  /** The description of this value's type. */
  Structure schema();

  /**
   * The value of the member with this index, null when it is absent. Which Java type it has follows
   * from {@link Kind}.
   *
   * @throws IndexOutOfBoundsException when the schema has no such member
   */
  @Nullable Object member(int index);
}
