package dev.longshore.generator;

import java.util.Map;

/**
 * The source of an enum: constants for its values, which on the wire and in records are strings.
 */
final class EnumTemplate {
  private static final String TEMPLATE =
      """
      $origin$
      package $package$;

      import java.util.List;

      /** The values of {@code $shape$} that the model knows; others may occur. */
      public final class $class$ {
      $constants$
        /** All of them, in the model's order. */
        public static final List<String> VALUES = List.of($names$);

        private $class$() {}
      }
      """;

  private EnumTemplate() {}

  static String source(ApiModel model, String shape) {
    var names = Names.constants(model.shape(shape).texts("enum"));
    var constants = new StringBuilder();
    names.forEach((value, name) ->
        constants.append(
            "  public static final String %s = %s;\n".formatted(name, Java.literal(value))));
    return Java.fill(
        TEMPLATE,
        Map.of(
            "origin", model.origin(),
            "package", model.packageName(),
            "shape", shape,
            "class", model.className(shape),
            "constants", constants.toString(),
            "names", String.join(", ", names.values())));
  }
}
