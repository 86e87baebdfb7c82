package dev.longshore.agent.metadata;

import java.util.ArrayDeque;
import java.util.Optional;

/** Paths without empty, "." and ".." segments; others are redirected to what they mean. */
final class CleanPath {
  private CleanPath() {}

  /** Where a request target with an unclean path should go; empty for a clean one. */
  static Optional<String> redirect(String target) {
    var question = target.indexOf('?');
    var path = question < 0 ? target : target.substring(0, question);
    var clean = clean(path);
    return clean.equals(path)
        ? Optional.empty()
        : Optional.of(clean + (question < 0 ? "" : target.substring(question)));
  }

  private static String clean(String path) {
    var kept = new ArrayDeque<String>();
    for (var segment : path.split("/")) {
      switch (segment) {
        case "", "." -> {
          // Means the place it stands at.
        }
        case ".." -> kept.pollLast();
        default -> kept.addLast(segment);
      }
    }
    var joined = "/" + String.join("/", kept);
    return path.endsWith("/") && joined.length() > 1 ? joined + "/" : joined;
  }
}
