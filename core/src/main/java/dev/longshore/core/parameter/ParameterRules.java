package dev.longshore.core.parameter;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.ssm.HierarchyLevelLimitExceededException;
import dev.longshore.shapes.ssm.InvalidAllowedPatternException;
import dev.longshore.shapes.ssm.InvalidPolicyTypeException;
import dev.longshore.shapes.ssm.ParameterPatternMismatchException;
import dev.longshore.shapes.ssm.PutParameterRequest;
import dev.longshore.shapes.ssm.Tag;
import dev.longshore.shapes.ssm.TooManyTagsError;
import dev.longshore.shapes.ssm.UnsupportedParameterType;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What names, values and tiers of parameters are like. */
final class ParameterRules {
  static final String STANDARD = "Standard";
  static final String ADVANCED = "Advanced";
  static final int STANDARD_BYTES = 4_096;
  static final int ADVANCED_BYTES = 8_192;

  private static final Pattern NAME = Pattern.compile("/?[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*");
  private static final int MOST_LEVELS = 15;
  private static final int LONGEST_ARN = 1_011;
  private static final int MOST_TAGS = 50;

  private ParameterRules() {}

  static ServiceException invalid(String text) {
    return new ServiceException("ValidationException", 400, text);
  }

  static void checkName(String name, Context context) {
    String bare = name.startsWith("/") ? name.substring(1) : name;
    String lower = bare.toLowerCase(Locale.ROOT);
    if (lower.startsWith("aws")) {
      throw new ServiceException(
          "AccessDeniedException", 400, "No access to reserved parameter name: " + name + '.');
    }
    if (lower.startsWith("ssm") || !NAME.matches(name)) {
      throw invalid(
          "Parameter name: can't be prefixed with \"ssm\" (case-insensitive). If formed as a path,"
              + " it can consist of sub-paths divided by slash symbol; each sub-path can be formed"
              + " as a mix of letters, numbers and the following 3 symbols .-_");
    }
    if (bare.indexOf('/') >= 0 && !name.startsWith("/")) {
      throw invalid("Parameter name must be a fully qualified name.");
    }
    if (bare.chars().filter(letter -> letter == '/').count() >= MOST_LEVELS) {
      throw new HierarchyLevelLimitExceededException(
          "A hierarchy can have a maximum of " + MOST_LEVELS + " levels.");
    }
    if (ParameterAnswers.arn(name, context).length() > LONGEST_ARN) {
      throw invalid("Parameter names, with their ARN, have " + LONGEST_ARN + " letters at most.");
    }
  }

  /** The tier that a value has: the one asked for, or for Intelligent-Tiering the one it needs. */
  static String tier(PutParameterRequest request, boolean advancedBefore) {
    int bytes = request.value().getBytes(UTF_8).length;
    String asked = request.tier() == null ? STANDARD : request.tier();
    if (asked.equals("Intelligent-Tiering")) {
      asked = bytes > STANDARD_BYTES || advancedBefore ? ADVANCED : STANDARD;
    } else if (request.tier() == null && advancedBefore) {
      asked = ADVANCED;
    }
    if (asked.equals(STANDARD) && advancedBefore) {
      throw invalid(
          "This parameter uses the advanced-parameter tier. You can't downgrade a parameter from"
              + " the advanced-parameter tier to the standard-parameter tier. If necessary, you can"
              + " delete the advanced parameter and recreate it as a standard parameter.");
    }
    if (asked.equals(STANDARD) && bytes > STANDARD_BYTES) {
      throw invalid(
          "Standard tier parameters support a maximum parameter value of 4096 characters. To create"
              + " a larger parameter value, upgrade the parameter to use the advanced-parameter"
              + " tier. For more information, see"
              + " https://docs.aws.amazon.com/systems-manager/latest/userguide/"
              + "parameter-store-advanced-parameters.html");
    }
    if (bytes > ADVANCED_BYTES) {
      throw invalid(
          "Advanced tier parameters support a maximum parameter value of 8192 characters.");
    }
    return asked;
  }

  static void checkValue(PutParameterRequest request, String type) {
    if (request.value().isEmpty()) {
      throw invalid(
          "1 validation error detected: Value at 'value' failed to satisfy constraint: Member must"
              + " have length greater than or equal to 1");
    }
    if (!List.of("String", "StringList", "SecureString").contains(type)) {
      throw new UnsupportedParameterType("The parameter type isn't supported: " + type);
    }
    if (request.keyId() != null && !type.equals("SecureString")) {
      throw invalid("KeyId is required for SecureString type parameter only.");
    }
    if (request.policies() != null && !request.policies().strip().equals("[]")) {
      throw new InvalidPolicyTypeException("Longshore has no parameter policies.");
    }
    String dataType = request.dataType();
    if (dataType != null && !dataType.isEmpty() && !dataType.equals("text")) {
      throw invalid(
          "The following data type is not supported: "
              + dataType
              + " (Data type names are all lowercase.)");
    }
    checkPattern(request.value(), request.allowedPattern());
  }

  private static void checkPattern(String value, @Nullable String pattern) {
    if (pattern == null || pattern.isEmpty()) {
      return;
    }
    boolean found;
    try {
      found = Pattern.compile(pattern).matcher(value).find();
    } catch (PatternSyntaxException e) {
      throw new InvalidAllowedPatternException(
          "The request does not meet the regular expression requirement: " + e.getDescription());
    }
    if (!found) {
      throw new ParameterPatternMismatchException(
          "Parameter value, cannot be validated against allowedPattern: " + pattern);
    }
  }

  /** The tags with those of a request put among them. */
  static Map<String, String> tagged(Map<String, String> before, @Nullable List<Tag> more) {
    Map<String, String> tags = new TreeMap<>(before);
    for (Tag tag : Given.list(more)) {
      if (tag.key().startsWith("aws:")) {
        throw invalid("Tag keys must not begin with aws:.");
      }
      tags.put(tag.key(), tag.value());
    }
    if (tags.size() > MOST_TAGS) {
      throw new TooManyTagsError("A parameter has " + MOST_TAGS + " tags at most.");
    }
    return Collections.unmodifiableMap(tags);
  }
}
