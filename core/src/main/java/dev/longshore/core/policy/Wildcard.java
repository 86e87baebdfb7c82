package dev.longshore.core.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A pattern in which {@code *} stands for any text and {@code ?} for one UTF-16 unit. Matching
 * takes at most pattern times text steps: there is one place to go back to, never more.
 */
final class Wildcard {
  private static final int ANY = -1;
  private static final int ONE = -2;

  /** What every text matches. */
  static final Wildcard EVERYTHING = new Wildcard(new int[] {ANY});

  private final int[] pattern;

  /** The pattern's letters before its first wildcard, with which every match begins. */
  private final String prefix;

  private Wildcard(int[] pattern) {
    this.pattern = pattern;
    StringBuilder start = new StringBuilder();
    for (int at = 0; at < pattern.length && pattern[at] >= 0; at++) {
      start.append((char) pattern[at]);
    }
    prefix = start.toString();
  }

  /** A part of a pattern: wildcards of a literal part are letters. */
  record Part(String text, boolean literal) {}

  static Wildcard of(String text) {
    return of(List.of(new Part(text, false)));
  }

  static Wildcard of(List<Part> parts) {
    int length = 0;
    for (Part part : parts) {
      length += part.text().length();
    }
    int[] pattern = new int[length];
    int at = 0;
    for (Part part : parts) {
      for (int letter = 0; letter < part.text().length(); letter++) {
        pattern[at++] = code(part.text().charAt(letter), part.literal());
      }
    }
    return new Wildcard(pattern);
  }

  private static int code(char letter, boolean literal) {
    if (literal) {
      return letter;
    }
    return letter == '*' ? ANY : letter == '?' ? ONE : letter;
  }

  boolean matches(String text) {
    if (!text.startsWith(prefix)) {
      return false;
    }
    int from = prefix.length();
    if (from == pattern.length) {
      return from == text.length();
    }
    boolean open = pattern.length == from + 1 && pattern[from] == ANY;
    return open || matches(text, from);
  }

  /** Whether it is a single star. */
  boolean isStar() {
    return pattern.length == 1 && pattern[0] == ANY;
  }

  /** Its parts between a letter, at most so many: the last takes what is left. */
  List<Wildcard> split(char letter, int most) {
    List<Wildcard> parts = new ArrayList<>();
    int start = 0;
    for (int at = 0; at < pattern.length && parts.size() < most - 1; at++) {
      if (pattern[at] == letter) {
        parts.add(new Wildcard(Arrays.copyOfRange(pattern, start, at)));
        start = at + 1;
      }
    }
    parts.add(new Wildcard(Arrays.copyOfRange(pattern, start, pattern.length)));
    return parts;
  }

  /**
   * Where a letter does not fit, the last star takes one letter more; stars before it need not be
   * asked again, for what came between them is found as early as can be.
   */
  private boolean matches(String text, int from) {
    int at = from;
    int in = from;
    int star = -1;
    int taken = 0;
    while (in < text.length()) {
      if (at < pattern.length && pattern[at] == ANY) {
        star = at++;
        taken = in;
      } else if (at < pattern.length && (pattern[at] == ONE || pattern[at] == text.charAt(in))) {
        at++;
        in++;
      } else if (star >= 0) {
        at = star + 1;
        in = ++taken;
      } else {
        return false;
      }
    }
    while (at < pattern.length && pattern[at] == ANY) {
      at++;
    }
    return at == pattern.length;
  }
}
