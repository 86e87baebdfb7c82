package dev.longshore.cli.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A repository of the registry, and a tag in it. */
public record ImageName(String repository, String tag) {
  private static final String WORDS = "[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*";
  private static final Pattern NAME =
      Pattern.compile(
          "(" + WORDS + "(?:/" + WORDS + ")*)(?::([a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}))?");

  /**
   * Reads {@code REPOSITORY} or {@code REPOSITORY:TAG}; the tag is {@code latest} where none
   * stands.
   *
   * @throws IllegalArgumentException for any other form
   */
  public static ImageName parse(String text) {
    Matcher name = NAME.matcher(text);
    if (!name.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no REPOSITORY[:TAG]");
    }
    return new ImageName(name.group(1), name.group(2) == null ? "latest" : name.group(2));
  }

  @Override
  public String toString() {
    return repository + ':' + tag;
  }
}
