package dev.longshore.wire;

/**
 * Looks whether a CBOR document piles up tags on one value. None of AWS's values has more than one,
 * and the parser takes a time that grows with the square of their number.
 */
final class CborTags {
  private static final int MOST_IN_A_ROW = 8;

  private static final int BYTES = 2;
  private static final int TEXT = 3;
  private static final int TAG = 6;

  private CborTags() {}

  /**
   * Walks over the heads of all values once. Where the document is broken it stops without a
   * judgement: the parser will say what is wrong.
   */
  static boolean arePiledUp(byte[] document) {
    int inARow = 0;
    long at = 0;
    while (at < document.length) {
      int head = document[(int) at] & 0xff;
      int major = head >> 5;
      int size = sizeOfArgument(head & 0x1f);
      inARow = major == TAG ? inARow + 1 : 0;
      if (inARow > MOST_IN_A_ROW) {
        return true;
      }
      long argument = size == 0 ? shortArgument(head) : argument(document, (int) at + 1, size);
      if (major != BYTES && major != TEXT) {
        at += 1 + size;
      } else if (argument >= 0 && argument <= document.length) {
        at += 1 + size + argument;
      } else {
        return false;
      }
    }
    return false;
  }

  /** The number that stands in the head itself; 31 marks a string that comes in pieces. */
  private static int shortArgument(int head) {
    int info = head & 0x1f;
    return info == 31 ? 0 : info;
  }

  /** How many bytes behind the head hold its number. */
  private static int sizeOfArgument(int info) {
    return switch (info) {
      case 24 -> 1;
      case 25 -> 2;
      case 26 -> 4;
      case 27 -> 8;
      default -> 0;
    };
  }

  /** The number behind a head; less than 0 where it is cut off, or has all its 64 bits. */
  private static long argument(byte[] document, int from, int size) {
    if (from + size > document.length) {
      return -1;
    }
    long argument = 0;
    for (int i = from; i < from + size; i++) {
      argument = (argument << 8) | (document[i] & 0xff);
    }
    return argument;
  }
}
