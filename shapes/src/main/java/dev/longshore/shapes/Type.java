package dev.longshore.shapes;

/** A named type of an API model, with the constraints that hold wherever it is used. */
public sealed interface Type permits ScalarType, ListType, MapType, StructureType {
  /** The shape's name in the model. */
  String name();

  Kind kind();

  /** Length of strings, blobs, lists and maps, or range of numbers. */
  Bounds bounds();

  /** Whether values must stay out of logs and messages. */
  boolean sensitive();
}
