package dev.longshore.core.operation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads members of requests whose absence means nothing special. */
public final class Given {
  private Given() {}

  /** The list, or an empty one where it is absent. */
  public static <T> List<T> list(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** The text, or an empty one where it is absent. */
  public static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
