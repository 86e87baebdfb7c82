package dev.longshore.core.tag;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LimitExceededException;
import dev.longshore.shapes.ecs.Tag;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rules for tags. Keys differ by case; those that start with {@code aws:} are ECS's own, which
 * users may neither write nor remove and which do not count to the limit.
 */
public final class Tags {
  /** How many tags of their own users may put on one resource. */
  public static final int MOST = 50;

  private static final Pattern TEXT = Pattern.compile("[\\p{L}\\p{Z}\\p{N}_.:/=+\\-@]*");
  private static final int LONGEST_KEY = 128;
  private static final int LONGEST_VALUE = 256;

  private Tags() {}

  /**
   * Checks the tags of a request that creates something.
   *
   * @param tags null where the request had none
   * @return the tags, each with a value; empty where there were none
   * @throws InvalidParameterException a tag breaks a rule, or there are more than fifty
   */
  public static List<Tag> checked(@Nullable List<Tag> tags) {
    List<Tag> given = Given.list(tags);
    if (given.size() > MOST) {
      throw new InvalidParameterException(
          "The number of tags must not be greater than " + MOST + ".");
    }
    Map<String, Tag> byKey = new LinkedHashMap<>();
    for (Tag tag : given) {
      String key = checkedKey(tag.key());
      Tag whole = new Tag(key, checkedValue(tag.value()));
      if (byKey.put(key, whole) != null) {
        throw new InvalidParameterException("Tag keys must be unique: " + key);
      }
    }
    return List.copyOf(byKey.values());
  }

  /**
   * Puts tags onto those that a resource has: a value of the same key is replaced, other keys stay.
   *
   * @param more checked tags
   * @throws LimitExceededException the resource would have more than fifty tags of users
   */
  public static List<Tag> put(List<Tag> tags, List<Tag> more) {
    List<Tag> all = joined(tags, more);
    if (all.stream().filter(tag -> !isReserved(tag.key())).count() > MOST) {
      throw new LimitExceededException(
          "The number of tags on a resource must not be greater than " + MOST + ".");
    }
    return all;
  }

  /**
   * Joins tags without any check, for tags that ECS itself puts or hands on.
   *
   * @param tags the weaker ones, which come first
   * @param stronger take the place of weaker ones of the same key
   */
  public static List<Tag> joined(List<Tag> tags, List<Tag> stronger) {
    Map<String, Tag> byKey = new LinkedHashMap<>();
    tags.forEach(tag -> byKey.put(keyOf(tag), tag));
    stronger.forEach(tag -> byKey.put(keyOf(tag), tag));
    return List.copyOf(byKey.values());
  }

  /**
   * Takes tags away; keys that are not there are ignored.
   *
   * @throws InvalidParameterException a key is reserved or no key at all
   */
  public static List<Tag> without(List<Tag> tags, Collection<String> keys) {
    keys.forEach(Tags::checkedKey);
    return tags.stream().filter(tag -> !keys.contains(keyOf(tag))).toList();
  }

  private static String keyOf(Tag tag) {
    return Given.text(tag.key());
  }

  private static String checkedKey(@Nullable String key) {
    if (key == null || key.isEmpty() || key.length() > LONGEST_KEY) {
      throw new InvalidParameterException(
          "Tag keys must have between 1 and " + LONGEST_KEY + " characters.");
    }
    return checkedText(key);
  }

  private static String checkedValue(@Nullable String value) {
    if (value == null) {
      return "";
    }
    if (value.length() > LONGEST_VALUE) {
      throw new InvalidParameterException(
          "Tag values must not have more than " + LONGEST_VALUE + " characters.");
    }
    return checkedText(value);
  }

  private static String checkedText(String text) {
    if (isReserved(text)) {
      throw new InvalidParameterException(
          "Tag keys and values must not start with 'aws:', which is reserved: " + text);
    }
    if (!TEXT.matcher(text).matches()) {
      throw new InvalidParameterException(
          "Tags may have letters, white space, numbers and _.:/=+-@ only: " + text);
    }
    return text;
  }

  private static boolean isReserved(@Nullable String text) {
    return text != null && text.toLowerCase(Locale.ROOT).startsWith("aws:");
  }
}
