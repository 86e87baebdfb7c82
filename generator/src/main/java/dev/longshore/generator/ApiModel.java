package dev.longshore.generator;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One service's model, and the Java names of what is generated from it. A structure may be borrowed
 * from another service's model, as {@code {"type": "structure", "from": "ecs"}}: then that
 * service's class is used.
 */
final class ApiModel {
  private final String service;
  private final Json json;
  private final List<String> structures = new ArrayList<>();
  private final Map<String, Integer> numbers = new LinkedHashMap<>();
  private final Map<String, String> classes;

  private ApiModel(String service, Json json) {
    this.service = service;
    this.json = json;
    var classShapes = new ArrayList<String>();
    for (var name : shapes().names()) {
      if (isStructure(name)) {
        numbers.put(name, structures.size());
        structures.add(name);
        if (!isBorrowed(name)) {
          classShapes.add(name);
        }
      } else if (isEnum(name)) {
        classShapes.add(name);
      }
    }
    classes = Names.classes(serviceClass(), classShapes);
  }

  static ApiModel parse(String service, String text) {
    return new ApiModel(service, Json.parse(text));
  }

  /** The name of the model's file without its ending. */
  String service() {
    return service;
  }

  String packageName() {
    return "dev.longshore.shapes." + Names.packageSegment(service);
  }

  String serviceClass() {
    return Names.serviceClass(service);
  }

  Json metadata() {
    return json.object("metadata");
  }

  Json operations() {
    return json.object("operations");
  }

  Json shapes() {
    return json.object("shapes");
  }

  Json shape(String name) {
    if (!shapes().has(name)) {
      throw new IllegalArgumentException("the model of " + service + " has no shape " + name);
    }
    return shapes().object(name);
  }

  boolean isStructure(String shape) {
    return shape(shape).requiredText("type").equals("structure") && !isDocument(shape);
  }

  /** Whether the structure is that of another service's model. */
  boolean isBorrowed(String shape) {
    return shape(shape).has("from");
  }

  boolean isDocument(String shape) {
    return shape(shape).flag("document");
  }

  boolean isEnum(String shape) {
    return shape(shape).has("enum");
  }

  /** The structures, errors included; a structure's number is its position. */
  List<String> structures() {
    return structures;
  }

  /** The structure's number, -1 for the empty name of an absent input or output. */
  int number(String structure) {
    if (structure.isEmpty()) {
      return -1;
    }
    var number = numbers.get(structure);
    if (number == null) {
      throw new IllegalArgumentException(structure + " is no structure of " + service);
    }
    return number;
  }

  String className(String shape) {
    if (isBorrowed(shape)) {
      var lender = shape(shape).requiredText("from");
      return "dev.longshore.shapes." + Names.packageSegment(lender) + '.' + shape;
    }
    var name = classes.get(shape);
    if (name == null) {
      throw new IllegalArgumentException(shape + " of " + service + " has no class");
    }
    return name;
  }

  /** The Java type of a shape's values, without a mark for null. */
  String javaType(String shape) {
    var definition = shape(shape);
    if (isDocument(shape)) {
      return "Object";
    }
    return switch (definition.requiredText("type")) {
      case "structure" -> className(shape);
      case "list" -> "List<" + javaType(target(definition, "member")) + ">";
      case "map" -> "Map<String, " + javaType(target(definition, "value")) + ">";
      case "string", "character" -> "String";
      case "boolean" -> "Boolean";
      case "integer" -> "Integer";
      case "long" -> "Long";
      case "float" -> "Float";
      case "double" -> "Double";
      case "timestamp" -> "Instant";
      case "blob" -> "Blob";
      default -> throw new IllegalArgumentException("unknown type of shape " + definition);
    };
  }

  /** The shape that a list's or a map's part refers to. */
  static String target(Json definition, String part) {
    return definition.object(part).requiredText("shape");
  }

  /** The comment that every generated file starts with. */
  String origin() {
    return "// Generated from %s.json, API version %s. Changes belong into the generator."
        .formatted(service, metadata().requiredText("apiVersion"));
  }
}
