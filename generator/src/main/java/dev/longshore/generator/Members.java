package dev.longshore.generator;

import java.util.ArrayList;
import java.util.List;

/** The members of one structure, and the source that each contributes to the templates. */
final class Members {
  private final ApiModel model;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One member.
   *
   * @param index its position in the model
   * @param accessor its name in Java
   * @param type its Java type
   */
  record Entry(int index, String name, String accessor, String type, boolean required, Json ref) {
    String nullableType() {
      // A class of another package is named in full, and the annotation belongs to its last part.
      int last = type.indexOf('<') < 0 ? type.lastIndexOf('.') + 1 : 0;
      return type.substring(0, last) + "@Nullable " + type.substring(last);
    }

    /** The type that the record's component has. */
    String componentType() {
      return required ? type : nullableType();
    }

    /** The value as the shape keeps it. */
    String frozen(String expression) {
      if (type.startsWith("List<")) {
        return "Frozen.list(" + expression + ")";
      }
      return type.startsWith("Map<") ? "Frozen.map(" + expression + ")" : expression;
    }
  }

  Members(ApiModel model, String structure) {
    this.model = model;
    var definition = model.shape(structure);
    var required = definition.texts("required");
    var members = definition.object("members");
    var accessors = Names.accessors(members.names());
    for (var name : members.names()) {
      var ref = members.object(name);
      entries.add(
          new Entry(
              entries.size(),
              name,
              accessors.getOrDefault(name, name),
              model.javaType(ref.requiredText("shape")),
              required.contains(name),
              ref));
    }
  }

  List<Entry> entries() {
    return entries;
  }

  boolean hasCollections() {
    return entries.stream().anyMatch(e -> e.type().indexOf('<') > 0);
  }

  /** The body of {@code set}. */
  String setBody() {
    if (entries.isEmpty()) {
      return "      throw new IndexOutOfBoundsException(index);\n";
    }
    var body = new StringBuilder("      switch (index) {\n");
    for (var e : entries) {
      var cast = e.type().equals("Object") ? "" : "(" + e.type() + ") ";
      body.append(
          "        case %d -> this.%s = %svalue;\n".formatted(e.index(), e.accessor(), cast));
    }
    body.append("        default -> throw new IndexOutOfBoundsException(index);\n      }\n");
    return body.append("      return this;\n").toString();
  }

  /** The body of {@code member}. */
  String memberBody() {
    if (entries.isEmpty()) {
      return "    throw new IndexOutOfBoundsException(index);\n";
    }
    var body = new StringBuilder("    return switch (index) {\n");
    for (var e : entries) {
      body.append("      case %d -> this.%s;\n".formatted(e.index(), e.accessor()));
    }
    body.append("      default -> throw new IndexOutOfBoundsException(index);\n    };\n");
    return body.toString();
  }

  String builderFields() {
    var fields = new StringBuilder();
    for (var e : entries) {
      fields.append("    private %s %s;\n".formatted(e.nullableType(), e.accessor()));
    }
    return fields.toString();
  }

  String setters() {
    var setters = new StringBuilder();
    for (var e : entries) {
      setters.append(
          """

              public Builder %1$s(%2$s %1$s) {
                this.%1$s = %1$s;
                return this;
              }
          """
              .formatted(e.accessor(), e.nullableType()));
    }
    return setters.toString();
  }

  /** The expression of the structure's schema. */
  String schema(String structure) {
    var schema = new StringBuilder();
    schema.append("Structure.of(").append(Java.literal(structure)).append(", new Builder()");
    for (var e : entries) {
      schema.append(",\n          ").append(member(e));
    }
    schema.append(")");
    var definition = model.shape(structure);
    if (definition.flag("exception")) {
      schema.append(error(structure, definition));
    }
    var payload = definition.text("payload");
    if (payload != null) {
      entries.stream()
          .filter(e -> e.name().equals(payload))
          .forEach(e -> schema.append(".payload(" + e.index() + ")"));
    }
    if (definition.flag("union")) {
      schema.append(".union()");
    }
    if (definition.flag("eventstream")) {
      schema.append(".eventStream()");
    }
    return schema.append(namespace(definition)).toString();
  }

  private static String error(String structure, Json definition) {
    var error = definition.object("error");
    var status = error.number("httpStatusCode");
    boolean fault = definition.flag("fault") || (status != null && status >= 500);
    return ".error(%s, %d, %b)"
        .formatted(
            Java.literal(error.text("code", structure)),
            status != null ? status : fault ? 500 : 400,
            fault);
  }

  private static String member(Entry e) {
    var type = "Types." + Names.field(e.ref().requiredText("shape"));
    return "Member.of(%d, %s, %s)%s%s"
        .formatted(
            e.index(),
            Java.literal(e.name()),
            type,
            e.required() ? ".required()" : "",
            traits(e.ref()));
  }

  /** The traits that a reference to a shape carries, for members, elements, keys and values. */
  static String traits(Json ref) {
    var traits = new StringBuilder();
    var wireName = ref.text("locationName");
    if (wireName != null) {
      traits.append(".named(").append(Java.literal(wireName)).append(")");
    }
    var queryName = ref.text("queryName");
    if (queryName != null) {
      traits.append(".queried(").append(Java.literal(queryName)).append(")");
    }
    var location = ref.text("location");
    if (location != null) {
      traits.append(".in(dev.longshore.shapes.Location.").append(location(location)).append(")");
    }
    var flags = List.of("box", "flattened", "xmlAttribute", "idempotencyToken");
    var calls = List.of(".boxed()", ".flat()", ".attribute()", ".token()");
    for (int i = 0; i < flags.size(); i++) {
      traits.append(ref.flag(flags.get(i)) ? calls.get(i) : "");
    }
    return traits.append(namespace(ref)).toString();
  }

  private static String namespace(Json definition) {
    var namespace = definition.object("xmlNamespace");
    return namespace.has("uri")
        ? ".namespace(%s, %s)"
            .formatted(
                Java.literal(namespace.text("prefix", "")),
                Java.literal(namespace.requiredText("uri")))
        : "";
  }

  private static String location(String location) {
    return switch (location) {
      case "header" -> "HEADER";
      case "headers" -> "HEADERS";
      case "uri" -> "URI";
      case "querystring" -> "QUERYSTRING";
      case "statusCode" -> "STATUS_CODE";
      default -> throw new IllegalArgumentException("unknown location " + location);
    };
  }
}
