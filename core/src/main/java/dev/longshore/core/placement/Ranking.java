package dev.longshore.core.placement;

import java.util.Arrays;

/**
 * Instances in the order of what is left of them: of a first resource, then of a second one. Finds
 * the first from some amount on that has enough of both, and passes over blocks in which none has
 * enough of the second without looking into them.
 *
 * <p>A sorted array of blocks, each a sorted array of keys, each with a list of the instances that
 * share it. Those that come later stand behind, so that equals take turns.
 */
final class Ranking {
  /** Keys of a block: few enough to shift, so many that the blocks of thousands are soon passed. */
  static final int WIDTH = 128;

  /** Is shown instances in their order. */
  @FunctionalInterface
  interface Visitor {
    /** Looks at an instance; true: it is the one. */
    boolean takes(int number);
  }

  private final Links links;
  private Block[] blocks = new Block[2];
  private long[] firsts = new long[2];

  /** By block: as much of the second resource as any key in it has. */
  private int[] most = new int[2];

  private int size;

  Ranking(Links links) {
    this.links = links;
  }

  /** A key; neither amount may be negative. */
  static long key(int first, int second) {
    return ((long) first << 32) | second;
  }

  private static int second(long key) {
    return (int) key;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /**
   * The first instance that the visitor takes.
   *
   * @param from no key before this one
   * @param to no key after this one
   * @param second at least so much of the second resource
   */
  int first(long from, long to, int second, Visitor visitor) {
    int start = blockOf(from);
    for (int at = start; at < size; at++) {
      if (firsts[at] > to) {
        return Links.NONE;
      }
      if (most[at] >= second) {
        Block block = blocks[at];
        int entry = at == start ? block.from(from) : 0;
        int found = firstIn(block, entry, to, second, visitor);
        if (found >= 0) {
          return found;
        }
      }
    }
    return Links.NONE;
  }

  private int firstIn(Block block, int start, long to, int second, Visitor visitor) {
    for (int at = start; at < block.size; at++) {
      long key = block.keys[at];
      if (key > to) {
        return Links.NONE;
      }
      if (second(key) >= second) {
        for (int number = block.heads[at]; number >= 0; number = links.next[number]) {
          if (visitor.takes(number)) {
            return number;
          }
        }
      }
    }
    return Links.NONE;
  }

  /** Adds an instance, behind all others with the same key. */
  void add(long key, int number) {
    if (size == 0) {
      insert(0, new Block());
      firsts[0] = key;
    }
    int at = blockOf(key);
    Block block = blocks[at];
    int entry = block.find(key);
    if (entry >= 0) {
      append(block, entry, number);
      return;
    }
    if (block.size == WIDTH) {
      split(at);
      at = blockOf(key);
      block = blocks[at];
      entry = block.find(key);
    }
    block.insert(-entry - 1, key, number);
    links.next[number] = Links.NONE;
    links.previous[number] = Links.NONE;
    firsts[at] = block.keys[0];
    most[at] = Math.max(most[at], second(key));
  }

  private void append(Block block, int entry, int number) {
    int tail = block.tails[entry];
    links.next[tail] = number;
    links.previous[number] = tail;
    links.next[number] = Links.NONE;
    block.tails[entry] = number;
  }

  /** Removes an instance that stands under that key. */
  void remove(long key, int number) {
    int at = blockOf(key);
    Block block = blocks[at];
    int entry = block.find(key);
    int before = links.previous[number];
    int behind = links.next[number];
    if (before >= 0) {
      links.next[before] = behind;
    } else {
      block.heads[entry] = behind;
    }
    if (behind >= 0) {
      links.previous[behind] = before;
    } else {
      block.tails[entry] = before;
    }
    if (before < 0 && behind < 0) {
      delete(at, entry, second(key));
    }
  }

  private void delete(int at, int entry, int second) {
    Block block = blocks[at];
    block.delete(entry);
    if (block.size == 0) {
      remove(at);
      return;
    }
    firsts[at] = block.keys[0];
    if (second == most[at]) {
      most[at] = block.most();
    }
    if (at + 1 < size && block.size + blocks[at + 1].size <= WIDTH / 2) {
      most[at] = Math.max(most[at], most[at + 1]);
      block.join(blocks[at + 1]);
      remove(at + 1);
    }
  }

  /** The last block that begins with the key or before it; else the first. */
  private int blockOf(long key) {
    int low = 0;
    int high = size - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (firsts[middle] <= key) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private void split(int at) {
    Block left = blocks[at];
    Block right = left.split();
    insert(at + 1, right);
    firsts[at + 1] = right.keys[0];
    most[at + 1] = right.most();
    most[at] = left.most();
  }

  private void insert(int at, Block block) {
    if (size == blocks.length) {
      blocks = Arrays.copyOf(blocks, size * 2);
      firsts = Arrays.copyOf(firsts, size * 2);
      most = Arrays.copyOf(most, size * 2);
    }
    shift(at, at + 1);
    blocks[at] = block;
    most[at] = 0;
    size++;
  }

  private void remove(int at) {
    shift(at + 1, at);
    size--;
  }

  private void shift(int from, int to) {
    System.arraycopy(blocks, from, blocks, to, size - from);
    System.arraycopy(firsts, from, firsts, to, size - from);
    System.arraycopy(most, from, most, to, size - from);
  }

  /** Keys in their order, and the first and the last instance of each. */
  private static final class Block {
    final long[] keys = new long[WIDTH];
    final int[] heads = new int[WIDTH];
    final int[] tails = new int[WIDTH];
    int size;

    /** Where the key stands, or {@code -(where it would) - 1}. */
    int find(long key) {
      return Arrays.binarySearch(keys, 0, size, key);
    }

    /** Where the first key stands that is not before that one. */
    int from(long key) {
      int at = find(key);
      return at >= 0 ? at : -at - 1;
    }

    void insert(int at, long key, int number) {
      move(this, at, at + 1, size - at);
      keys[at] = key;
      heads[at] = number;
      tails[at] = number;
      size++;
    }

    void delete(int at) {
      move(this, at + 1, at, size - at - 1);
      size--;
    }

    int most() {
      int most = 0;
      for (int at = 0; at < size; at++) {
        most = Math.max(most, second(keys[at]));
      }
      return most;
    }

    Block split() {
      Block right = new Block();
      int half = size / 2;
      move(right, half, 0, size - half);
      right.size = size - half;
      size = half;
      return right;
    }

    void join(Block right) {
      right.move(this, 0, size, right.size);
      size += right.size;
    }

    private void move(Block into, int from, int to, int count) {
      System.arraycopy(keys, from, into.keys, to, count);
      System.arraycopy(heads, from, into.heads, to, count);
      System.arraycopy(tails, from, into.tails, to, count);
    }
  }
}
