package dev.longshore.core.instance;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.AttributeLimitExceededException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The rules for attributes of container instances. */
final class InstanceAttributes {
  static final String ZONE = "ecs.availability-zone";
  static final String TYPE = "ecs.instance-type";
  static final String EXTERNAL = "ecs.capability.external";

  private static final int MAX_CUSTOM = 10;
  private static final int MAX_PER_CALL = 10;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9\\-_/\\\\.]{1,128}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9\\-_/\\\\.@: ]{1,128}");

  private InstanceAttributes() {}

  /** Whether ECS or the agent sets attributes of that name, and users may not. */
  static boolean isReserved(String name) {
    return name.startsWith("ecs.") || name.startsWith("com.amazonaws.ecs.");
  }

  /**
   * The attributes by name; of a name that is given twice the last one. Without targets, which are
   * the request's matter.
   */
  static Map<String, Attribute> byName(List<Attribute> attributes) {
    Map<String, Attribute> byName = new LinkedHashMap<>();
    for (Attribute attribute : attributes) {
      byName.put(
          attribute.name(),
          Attribute.builder().name(attribute.name()).value(attribute.value()).build());
    }
    return byName;
  }

  /** Checks how many attributes a call of PutAttributes or DeleteAttributes names. */
  static void checkCount(List<Attribute> attributes) {
    if (attributes.isEmpty()) {
      throw new InvalidParameterException("Attributes cannot be empty.");
    }
    if (attributes.size() > MAX_PER_CALL) {
      throw new InvalidParameterException(
          "At most 10 attributes may be specified in a single call.");
    }
  }

  /** Checks an attribute that a user puts. */
  static void checkCustom(Attribute attribute) {
    if (!NAME.matcher(attribute.name()).matches()) {
      throw new InvalidParameterException("Invalid attribute name: " + attribute.name());
    }
    if (isReserved(attribute.name())) {
      throw new InvalidParameterException(
          "Attribute names starting with ecs. or com.amazonaws.ecs. are reserved: "
              + attribute.name());
    }
    String value = Given.text(attribute.value());
    boolean blankAtEnd = value.startsWith(" ") || value.endsWith(" ");
    if (!value.isEmpty() && (blankAtEnd || !VALUE.matcher(value).matches())) {
      throw new InvalidParameterException(
          "Invalid value of attribute " + attribute.name() + ": " + value);
    }
  }

  /** Checks how many custom attributes an instance would have. */
  static void checkLimit(List<String> custom) {
    if (custom.size() > MAX_CUSTOM) {
      throw new AttributeLimitExceededException(
          "A container instance may have at most 10 custom attributes.");
    }
  }
}
