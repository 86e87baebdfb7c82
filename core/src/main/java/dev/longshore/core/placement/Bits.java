package dev.longshore.core.placement;

import java.util.Arrays;

/** A set of instances by their numbers. */
final class Bits {
  private long[] words = new long[1];

  void add(int number) {
    int word = number >>> 6;
    if (word >= words.length) {
      words = Arrays.copyOf(words, Math.max(word + 1, words.length * 2));
    }
    words[word] |= 1L << number;
  }

  void remove(int number) {
    words[number >>> 6] &= ~(1L << number);
  }

  boolean has(int number) {
    int word = number >>> 6;
    return word < words.length && (words[word] & (1L << number)) != 0;
  }

  int words() {
    return words.length;
  }

  /** Of the 64 instances from {@code word * 64} on those that are here and not there. */
  long without(Bits there, int word) {
    return word < there.words.length ? words[word] & ~there.words[word] : words[word];
  }
}
