package dev.longshore.agent.docker;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image's name in parts.
 *
 * @param repository with the registry's host, where the name has one
 * @param tag "" if the name has none
 * @param digest {@code sha256:…}, or "" if the name has none
 */
public record ImageReference(String repository, String tag, String digest) {
  /** Reads {@code [host[:port]/]path[:tag][@digest]}; a missing tag stays missing. */
  public static ImageReference parse(String name) {
    var at = name.indexOf('@');
    var digest = at < 0 ? "" : name.substring(at + 1);
    var rest = at < 0 ? name : name.substring(0, at);
    // A colon before the last slash belongs to the registry's port.
    var colon = rest.lastIndexOf(':');
    return colon > rest.lastIndexOf('/')
        ? new ImageReference(rest.substring(0, colon), rest.substring(colon + 1), digest)
        : new ImageReference(rest, "", digest);
  }

  /** What the engine takes as its {@code tag} parameter: without one it would pull all tags. */
  String tagOrDigest() {
    return !digest.isEmpty() ? digest : tag.isEmpty() ? "latest" : tag;
  }

  /**
   * The digest under which the registry of this name knows an image.
   *
   * @param known the image's {@code repository@sha256:…}; another repository's says nothing about
   *     this name, which may be a local one
   */
  public @Nullable String digestAmong(List<String> known) {
    for (String each : known) {
      int at = each.indexOf('@');
      if (at > 0 && familiar(each.substring(0, at)).equals(familiar(repository))) {
        return each.substring(at + 1);
      }
    }
    return null;
  }

  /** Docker Hub's names as the engine shows them. */
  private static String familiar(String repository) {
    return repository.replaceFirst("^(index\\.)?docker\\.io/", "").replaceFirst("^library/", "");
  }

  @Override
  public String toString() {
    return repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }
}
