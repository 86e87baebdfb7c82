package dev.longshore.core.identity;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.iam.InvalidInputException;
import dev.longshore.shapes.iam.LimitExceededException;
import dev.longshore.shapes.iam.Tag;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tags of whatever IAM has, which stand in rows by key. */
final class TagLists {
  private static final int MOST = 50;

  private TagLists() {}

  static Map<String, String> of(@Nullable List<Tag> tags) {
    return with(Collections.emptyMap(), Given.list(tags));
  }

  static Map<String, String> with(Map<String, String> tags, List<Tag> more) {
    Map<String, String> all = new TreeMap<>(tags);
    List<String> seen = new ArrayList<>();
    for (Tag tag : more) {
      String key = tag.key();
      if (key.toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw new InvalidInputException(
            "Tag keys beginning with \"aws:\" are reserved for system use.");
      }
      if (seen.contains(key.toLowerCase(Locale.ROOT))) {
        throw new InvalidInputException(
            "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
      }
      seen.add(key.toLowerCase(Locale.ROOT));
      // A key of another case is the same key; the newest case stays.
      all.keySet().removeIf(key::equalsIgnoreCase);
      all.put(key, tag.value());
    }
    if (all.size() > MOST) {
      throw new LimitExceededException(
          "The number of tags has reached the maximum limit of " + MOST + ".");
    }
    return all;
  }

  static Map<String, String> without(Map<String, String> tags, List<String> keys) {
    Map<String, String> all = new TreeMap<>(tags);
    all.keySet().removeIf(key -> keys.stream().anyMatch(key::equalsIgnoreCase));
    return all;
  }

  static List<Tag> shown(Map<String, String> tags) {
    List<Tag> shown = new ArrayList<>();
    tags.forEach((key, value) -> shown.add(new Tag(key, value)));
    return shown;
  }

  /** As answers show them that leave out what is empty. */
  static @Nullable List<Tag> orNull(Map<String, String> tags) {
    return tags.isEmpty() ? null : shown(tags);
  }
}
