package dev.longshore.core.model;

import dev.longshore.shapes.ecr.ImageTagMutabilityExclusionFilter;
import java.util.List;

/**
 * Whether the tags of a repository may be moved from one image to another.
 *
 * @param mode one of the API's four values
 * @param exclusions wildcards of the tags for which the opposite holds
 */
public record TagMutability(String mode, List<ImageTagMutabilityExclusionFilter> exclusions) {
  /** The mode of a repository that was not given another. */
  public static final TagMutability USUAL = new TagMutability("MUTABLE", List.of());

  /** Whether that tag may be moved. */
  public boolean movable(String tag) {
    boolean mutable = mode.startsWith("MUTABLE");
    boolean excluded = exclusions.stream().anyMatch(exclusion -> matches(exclusion.filter(), tag));
    return mutable != excluded;
  }

  /**
   * Whether a text matches a wildcard.
   *
   * @param wildcard {@code *} stands for any letters, none included
   */
  public static boolean matches(String wildcard, String text) {
    String[] parts = wildcard.split("\\*", -1);
    if (parts.length == 1) {
      return wildcard.equals(text);
    }
    String first = parts[0];
    String last = parts[parts.length - 1];
    if (text.length() < first.length() + last.length()
        || !text.startsWith(first)
        || !text.endsWith(last)) {
      return false;
    }
    int at = first.length();
    int end = text.length() - last.length();
    for (int part = 1; part < parts.length - 1; part++) {
      int found = text.indexOf(parts[part], at);
      if (found < 0 || found + parts[part].length() > end) {
        return false;
      }
      at = found + parts[part].length();
    }
    return true;
  }
}
