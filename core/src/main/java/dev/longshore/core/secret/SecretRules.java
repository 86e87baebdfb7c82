package dev.longshore.core.secret;

import com.google.re2j.Pattern;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import dev.longshore.shapes.secretsmanager.Tag;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What names, tags and ARNs of secrets are like. */
final class SecretRules {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9/_+=.@!-]+");
  private static final int MOST_TAGS = 50;
  private static final int ENDING = 6;
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  private SecretRules() {}

  static void checkName(String name) {
    if (!NAME.matches(name)) {
      throw new ServiceException(
          "ValidationException",
          400,
          "Invalid name. Must be a valid name containing alphanumeric characters, or any of the"
              + " following: -/_+=.@!");
    }
  }

  static String arn(String name, Context context) {
    StringBuilder arn =
        new StringBuilder("arn:")
            .append(context.place().partition())
            .append(":secretsmanager:")
            .append(context.place().region())
            .append(':')
            .append(context.place().accountId())
            .append(":secret:")
            .append(name)
            .append('-');
    for (int at = 0; at < ENDING; at++) {
      arn.append(LETTERS.charAt(context.ids().below(LETTERS.length())));
    }
    return arn.toString();
  }

  /** The tags with those of a request put among them. */
  static Map<String, String> tagged(Map<String, String> before, @Nullable List<Tag> more) {
    Map<String, String> tags = new TreeMap<>(before);
    for (Tag tag : Given.list(more)) {
      String key = Given.text(tag.key());
      if (key.isEmpty() || key.startsWith("aws:")) {
        throw new InvalidParameterException(
            "Tag keys must not be empty and must not begin with aws:.");
      }
      tags.put(key, Given.text(tag.value()));
    }
    if (tags.size() > MOST_TAGS) {
      throw new InvalidParameterException(
          "You can't have more than " + MOST_TAGS + " tags on a secret.");
    }
    return Collections.unmodifiableMap(tags);
  }
}
