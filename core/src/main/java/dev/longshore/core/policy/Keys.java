package dev.longshore.core.policy;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The condition keys of a call. */
@FunctionalInterface
public interface Keys {
  /**
   * The key's values; null where the call does not have it.
   *
   * @param name in lower case, for example {@code aws:sourceip}
   */
  @Nullable List<String> values(String name);
}
