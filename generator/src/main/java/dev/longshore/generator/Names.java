package dev.longshore.generator;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Turns the models' names into Java names that are legal, customary and free of collisions. */
final class Names {
  /** Simple names that the templates use unqualified, so that no shape's class may have them. */
  private static final Set<String> RESERVED_TYPES =
      Set.of(
          "Blob",
          "Boolean",
          "Builder",
          "Double",
          "Float",
          "Frozen",
          "IndexOutOfBoundsException",
          "Instant",
          "Integer",
          "List",
          "Long",
          "Map",
          "Member",
          "Nullable",
          "Object",
          "Override",
          "ServiceException",
          "Shape",
          "ShapeBuilder",
          "String",
          "Structure",
          "Structures",
          "SuppressWarnings",
          "Types");

  /** Methods without parameters that records and errors have already. */
  private static final Set<String> RESERVED_ACCESSORS =
      Set.of(
          "builder",
          "clone",
          "code",
          "fillInStackTrace",
          "finalize",
          "getCause",
          "getClass",
          "getLocalizedMessage",
          "getMessage",
          "getStackTrace",
          "getSuppressed",
          "hashCode",
          "httpStatus",
          "isServerFault",
          "notify",
          "notifyAll",
          "printStackTrace",
          "schema",
          "toBuilder",
          "toString",
          "wait");

  /** Names of types that the class of constants uses, so that no constant may hide them. */
  private static final Set<String> RESERVED_FIELDS =
      Set.of(
          "Bounds",
          "Kind",
          "ListType",
          "MapType",
          "Member",
          "ScalarType",
          "StructureType",
          "Structures",
          "TimestampFormat",
          "Type");

  private Names() {}

  /** {@code application-autoscaling} becomes {@code ApplicationAutoscaling}. */
  static String serviceClass(String service) {
    var name = new StringBuilder();
    for (var word : service.split("-")) {
      name.append(capitalised(word));
    }
    return name.toString();
  }

  /** {@code application-autoscaling} becomes {@code applicationautoscaling}. */
  static String packageSegment(String service) {
    return service.replace("-", "");
  }

  /**
   * The class of each shape. Names that differ in case only count as equal, because some file
   * systems keep one file for both.
   */
  static Map<String, String> classes(String serviceClass, List<String> shapes) {
    var taken = new HashSet<String>();
    RESERVED_TYPES.forEach(name -> taken.add(name.toLowerCase(Locale.ROOT)));
    taken.add(serviceClass.toLowerCase(Locale.ROOT));
    taken.add("package-info");
    var classes = new LinkedHashMap<String, String>();
    for (var shape : shapes) {
      var name = capitalised(legal(shape));
      while (!taken.add(name.toLowerCase(Locale.ROOT))) {
        name += "Shape";
      }
      classes.put(shape, name);
    }
    return classes;
  }

  /** The accessors of a structure's members. */
  static Map<String, String> accessors(Iterable<String> members) {
    var taken = new HashSet<>(RESERVED_ACCESSORS);
    var accessors = new LinkedHashMap<String, String>();
    for (var member : members) {
      var name = decapitalised(legal(member));
      while (SourceVersion.isKeyword(name) || !taken.add(name)) {
        name += "_";
      }
      accessors.put(member, name);
    }
    return accessors;
  }

  /** The constants of an enum's values. */
  static Map<String, String> constants(List<String> values) {
    var taken = new HashSet<>(Set.of("VALUES"));
    var constants = new LinkedHashMap<String, String>();
    for (var value : values) {
      var name = constant(value);
      for (int number = 2; !taken.add(name); number++) {
        name = constant(value) + "_" + number;
      }
      constants.put(value, name);
    }
    return constants;
  }

  /** The field that holds a shape's type. */
  static String field(String shape) {
    var name = legal(shape);
    return SourceVersion.isKeyword(name) || RESERVED_FIELDS.contains(name) ? name + "_" : name;
  }

  private static String constant(String value) {
    var name =
        value
            .replaceAll("([a-z0-9])([A-Z])", "$1_$2")
            .replaceAll("[^A-Za-z0-9]+", "_")
            .replaceAll("^_+|_+$", "")
            .toUpperCase(Locale.ROOT);
    if (name.isEmpty()) {
      return "VALUE";
    }
    return Character.isDigit(name.charAt(0)) ? "_" + name : name;
  }

  private static String legal(String name) {
    var legal = name.replaceAll("[^A-Za-z0-9_]", "_");
    return Character.isDigit(legal.charAt(0)) ? "_" + legal : legal;
  }

  private static String capitalised(String name) {
    return Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /**
   * {@code LoadBalancerArn}, {@code ARN}, {@code VPCZone} and {@code EC2Id} as Java writes them.
   */
  private static String decapitalised(String name) {
    int run = 0;
    while (run < name.length() && Character.isUpperCase(name.charAt(run))) {
      run++;
    }
    boolean wordFollows = run < name.length() && Character.isLowerCase(name.charAt(run));
    int lowered = run > 1 && wordFollows ? run - 1 : run;
    return name.substring(0, lowered).toLowerCase(Locale.ROOT) + name.substring(lowered);
  }
}
