package dev.longshore.agent.docker;

import java.util.Comparator;

/** A version of the engine's API, such as 1.41. */
record ApiVersion(int major, int minor) implements Comparable<ApiVersion> {
  static ApiVersion parse(String text) {
    var dot = text.indexOf('.');
    try {
      return new ApiVersion(
          Integer.parseInt(text.substring(0, Math.max(dot, 0))),
          Integer.parseInt(text.substring(dot + 1)));
    } catch (NumberFormatException e) {
      throw DockerException.of(
          DockerException.Kind.UNEXPECTED, "\"" + text + "\" is no version of the engine's API", e);
    }
  }

  @Override
  public int compareTo(ApiVersion other) {
    return Comparator.comparingInt(ApiVersion::major)
        .thenComparingInt(ApiVersion::minor)
        .compare(this, other);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
