package dev.longshore.core.repository;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecr.InvalidTagParameterException;
import dev.longshore.shapes.ecr.Tag;
import dev.longshore.shapes.ecr.TooManyTagsException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rules for the tags of repositories as resources. */
final class RepositoryTags {
  private static final int MOST = 50;

  private RepositoryTags() {}

  /** Puts tags onto others: a value of the same key is replaced. */
  static List<Tag> put(List<Tag> tags, @Nullable List<Tag> more) {
    Map<String, Tag> byKey = new TreeMap<>();
    tags.forEach(tag -> byKey.put(tag.key(), tag));
    for (Tag tag : Given.list(more)) {
      if (tag.key().isEmpty() || tag.key().toLowerCase(Locale.ROOT).startsWith("aws:")) {
        throw new InvalidTagParameterException("Invalid tag key: '" + tag.key() + "'");
      }
      byKey.put(tag.key(), tag);
    }
    if (byKey.size() > MOST) {
      throw new TooManyTagsException("A repository cannot have more than " + MOST + " tags");
    }
    return List.copyOf(byKey.values());
  }
}
