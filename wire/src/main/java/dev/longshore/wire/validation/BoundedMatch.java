package dev.longshore.wire.validation;

import dev.longshore.shapes.ScalarType;

/**
 * Matches a text against a model's pattern with a bound on the work. Some patterns backtrack
 * exponentially on texts made for it, or recurse once per character; such a text does not match.
 */
final class BoundedMatch {
  /** A pattern that does not backtrack reads each character a few times. */
  private static final long READS_PER_CHARACTER = 64;

  private static final long LEAST_READS = 100_000;

  private BoundedMatch() {}

  static boolean matches(ScalarType type, String text) {
    var pattern = type.compiledPattern();
    if (pattern == null) {
      return true;
    }
    try {
      long reads = LEAST_READS + READS_PER_CHARACTER * text.length();
      return pattern.matcher(new MeteredText(text, new Meter(reads))).matches();
    } catch (TooMuchWork | StackOverflowError e) {
      // The text was made to exhaust the matcher: it is refused like any other wrong text.
      return false;
    }
  }

  private static final class TooMuchWork extends RuntimeException {
    TooMuchWork() {
      super(null, null, false, false);
    }
  }

  /** Counts the characters that the matcher reads, over all sub-sequences. */
  private static final class Meter {
    private long left;

    Meter(long left) {
      this.left = left;
    }

    void read() {
      left--;
      if (left < 0) {
        throw new TooMuchWork();
      }
    }
  }

  private record MeteredText(CharSequence text, Meter meter) implements CharSequence {
    @Override
    public char charAt(int index) {
      meter.read();
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return new MeteredText(text.subSequence(start, end), meter);
    }

    @Override
    public String toString() {
      return text.toString();
    }
  }
}
