package dev.longshore.agent.docker;

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

  @Override
  public String toString() {
    return repository + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
  }
}
