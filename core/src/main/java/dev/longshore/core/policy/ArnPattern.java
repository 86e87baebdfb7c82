package dev.longshore.core.policy;

import java.util.List;

/** An ARN with wildcards, each of which stays within its segment; the last may hold colons. */
final class ArnPattern {
  /** Matches nothing. */
  static final ArnPattern NONE = new ArnPattern(List.of());

  private static final int SEGMENTS = 6;

  private final List<Wildcard> segments;

  private ArnPattern(List<Wildcard> segments) {
    this.segments = segments;
  }

  /** Of a pattern of fewer segments; only a lone star is one that matches, for it means all. */
  static ArnPattern of(Wildcard pattern) {
    return new ArnPattern(pattern.isStar() ? List.of(pattern) : pattern.split(':', SEGMENTS));
  }

  boolean matches(String arn) {
    if (segments.size() == 1 && segments.getFirst().isStar()) {
      return true;
    }
    if (segments.size() != SEGMENTS) {
      return false;
    }
    int start = 0;
    for (int at = 0; at < SEGMENTS; at++) {
      int end = at == SEGMENTS - 1 ? arn.length() : arn.indexOf(':', start);
      if (end < 0 || !segments.get(at).matches(arn.substring(start, end))) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }
}
