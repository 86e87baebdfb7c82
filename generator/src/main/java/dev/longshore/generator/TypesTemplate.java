package dev.longshore.generator;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The source of the constants for a service's types: all shapes that members refer to. */
final class TypesTemplate {
  private static final String TEMPLATE =
      """
      $origin$
      package $package$;

      import dev.longshore.shapes.Bounds;
      import dev.longshore.shapes.Kind;
      import dev.longshore.shapes.ListType;
      import dev.longshore.shapes.MapType;
      import dev.longshore.shapes.Member;
      import dev.longshore.shapes.ScalarType;
      import dev.longshore.shapes.StructureType;
      import dev.longshore.shapes.TimestampFormat;

      /** The types of the API's members. */
      final class Types {
      $fields$
        private Types() {}
      }
      """;

  private final ApiModel model;
  private final Set<String> done = new LinkedHashSet<>();
  private final StringBuilder fields = new StringBuilder();

  private TypesTemplate(ApiModel model) {
    this.model = model;
  }

  static String source(ApiModel model) {
    var template = new TypesTemplate(model);
    for (var structure : model.structures()) {
      var members = model.shape(structure).object("members");
      for (var member : members.names()) {
        template.add(ApiModel.target(members, member));
      }
    }
    return Java.fill(
        TEMPLATE,
        Map.of(
            "origin", model.origin(),
            "package", model.packageName(),
            "fields", template.fields.toString()));
  }

  /** Adds the type after the types it refers to, so that every constant is set before its use. */
  private void add(String shape) {
    if (!done.add(shape)) {
      return;
    }
    var definition = model.shape(shape);
    var type = definition.requiredText("type");
    switch (type) {
      case "list" -> {
        add(ApiModel.target(definition, "member"));
        field("ListType", shape, element(definition, "member", "element"));
      }
      case "map" -> {
        add(ApiModel.target(definition, "key"));
        add(ApiModel.target(definition, "value"));
        field(
            "MapType",
            shape,
            element(definition, "key", "key") + ", " + element(definition, "value", "value"));
      }
      case "structure" -> {
        if (model.isDocument(shape)) {
          field("ScalarType", shape, "Kind.DOCUMENT");
        } else {
          field("StructureType", shape, "Structures.INSTANCE, " + model.number(shape));
        }
      }
      default -> field("ScalarType", shape, "Kind." + kind(type));
    }
  }

  private void field(String javaType, String shape, String arguments) {
    fields.append(
        "  static final %1$s %2$s = %1$s.of(%3$s, %4$s)%5$s;\n"
            .formatted(
                javaType,
                Names.field(shape),
                Java.literal(shape),
                arguments,
                traits(model.shape(shape))));
  }

  private static String element(Json definition, String part, String factory) {
    var ref = definition.object(part);
    return "Member.%s(%s)%s"
        .formatted(factory, Names.field(ref.requiredText("shape")), Members.traits(ref));
  }

  private static String traits(Json definition) {
    var traits = new StringBuilder(bounds(definition));
    var pattern = definition.text("pattern");
    if (pattern != null) {
      // A pattern that Java does not understand must fail here and not in a request.
      Pattern.compile(pattern);
      traits.append(".matching(").append(Java.literal(pattern)).append(")");
    }
    if (definition.has("enum")) {
      traits.append(".oneOf(").append(Java.literal(joined(definition))).append(")");
    }
    var format = definition.text("timestampFormat");
    if (format != null) {
      traits.append(".formatted(TimestampFormat.").append(timestampFormat(format)).append(")");
    }
    if (definition.flag("flattened")) {
      traits.append(".flat()");
    }
    if (definition.flag("sensitive")) {
      traits.append(".secret()");
    }
    return traits.toString();
  }

  private static String bounds(Json definition) {
    var min = definition.number("min");
    var max = definition.number("max");
    if (min == null && max == null) {
      return "";
    }
    if (max == null) {
      return ".within(Bounds.atLeast(%dL))".formatted(min);
    }
    return min == null
        ? ".within(Bounds.atMost(%dL))".formatted(max)
        : ".within(Bounds.between(%dL, %dL))".formatted(min, max);
  }

  private static String joined(Json definition) {
    var values = definition.texts("enum");
    for (var value : values) {
      if (value.isEmpty() || value.contains("\n")) {
        throw new IllegalArgumentException("an enum's value is empty or has several lines");
      }
    }
    return String.join("\n", values);
  }

  private static String timestampFormat(String format) {
    return switch (format) {
      case "unixTimestamp" -> "EPOCH_SECONDS";
      case "iso8601" -> "DATE_TIME";
      case "rfc822" -> "HTTP_DATE";
      default -> throw new IllegalArgumentException("unknown timestamp format " + format);
    };
  }

  private static String kind(String type) {
    return switch (type) {
      case "string", "character" -> "STRING";
      case "boolean" -> "BOOLEAN";
      case "integer" -> "INTEGER";
      case "long" -> "LONG";
      case "float" -> "FLOAT";
      case "double" -> "DOUBLE";
      case "timestamp" -> "TIMESTAMP";
      case "blob" -> "BLOB";
      default -> throw new IllegalArgumentException("unknown type " + type);
    };
  }
}
