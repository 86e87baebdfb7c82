package dev.longshore.core.state;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * A persistent sorted map from strings to values, kept as a B+ tree.
 *
 * <p>A published tree never changes. An edit carries a token: nodes that the same token made may be
 * changed in place, all others are copied first. So a batch of puts pays for each copied node once,
 * and every older tree stays whole for its readers. Sorted, because listings page by key and the
 * order must not depend on hashing.
 *
 * @param <V> type of the values
 */
final class Tree<V> {
  /** Entries or children per node: wide enough for depth 4 at a million, narrow enough to copy. */
  static final int WIDTH = 32;

  private static final Tree<?> EMPTY = new Tree<>(new Node(new Edit(), 0, true), 0);

  private final Node root;
  private final int size;

  private Tree(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  @SuppressWarnings("unchecked") // An empty tree holds no value of any type.
  static <V> Tree<V> empty() {
    return (Tree<V>) EMPTY;
  }

  int size() {
    return size;
  }

  @SuppressWarnings("unchecked") // Only values of type V are ever put.
  @Nullable V get(String key) {
    Node node = root;
    while (!node.leaf) {
      node = node.child(node.childFor(key));
    }
    int at = node.search(key);
    return at < 0 ? null : (V) node.values[at];
  }

  /** Returns a tree with the entry; {@code edit} owns every node made on the way. */
  Tree<V> put(Edit edit, String key, V value) {
    Node top = root.owned(edit);
    boolean added = top.put(edit, key, value);
    if (top.size > WIDTH) {
      Node right = top.split(edit);
      Node above = new Node(edit, WIDTH + 2, false);
      above.insert(0, top.keys[0], top);
      above.insert(1, right.keys[0], right);
      top = above;
    }
    return new Tree<>(top, added ? size + 1 : size);
  }

  /** Returns a tree without the key; the same tree where the key is absent. */
  Tree<V> remove(Edit edit, String key) {
    if (get(key) == null) {
      return this;
    }
    Node top = root.owned(edit);
    top.remove(edit, key);
    while (!top.leaf && top.size == 1) {
      top = top.child(0);
    }
    if (!top.leaf && top.size == 0) {
      return empty();
    }
    return new Tree<>(top, size - 1);
  }

  /** Visits entries in key order, from the first key greater than {@code after} (null: all). */
  Iterator<Entry<V>> after(@Nullable String after) {
    return new Walk<>(root, after);
  }

  /** One entry of a walk. */
  record Entry<V>(String key, V value) {}

  /** Leaf: keys and values side by side. Branch: the least key of each child, and the children. */
  private static final class Node {
    private final Edit owner;
    private final boolean leaf;
    private @Nullable String[] keys;
    private @Nullable Object[] values;
    private int size;

    Node(Edit owner, int capacity, boolean leaf) {
      this.owner = owner;
      this.leaf = leaf;
      this.keys = new String[capacity];
      this.values = new Object[capacity];
    }

    Node owned(Edit edit) {
      if (owner == edit) {
        return this;
      }
      Node copy = new Node(edit, Math.min(WIDTH + 2, size + 4), leaf);
      System.arraycopy(keys, 0, copy.keys, 0, size);
      System.arraycopy(values, 0, copy.values, 0, size);
      copy.size = size;
      return copy;
    }

    Node child(int at) {
      return (Node) requireNonNull(values[at]);
    }

    /** Index of the key, or {@code -(insertion point) - 1}. */
    int search(String key) {
      int low = 0;
      int high = size - 1;
      while (low <= high) {
        int middle = (low + high) >>> 1;
        int order = requireNonNull(keys[middle]).compareTo(key);
        if (order == 0) {
          return middle;
        }
        if (order < 0) {
          low = middle + 1;
        } else {
          high = middle - 1;
        }
      }
      return -low - 1;
    }

    int childFor(String key) {
      int at = search(key);
      return at >= 0 ? at : Math.max(0, -at - 2);
    }

    boolean put(Edit edit, String key, Object value) {
      if (leaf) {
        int at = search(key);
        if (at >= 0) {
          values[at] = value;
          return false;
        }
        insert(-at - 1, key, value);
        return true;
      }
      int at = childFor(key);
      Node child = child(at).owned(edit);
      boolean added = child.put(edit, key, value);
      keys[at] = child.keys[0];
      values[at] = child;
      if (child.size > WIDTH) {
        Node right = child.split(edit);
        insert(at + 1, right.keys[0], right);
      }
      return added;
    }

    void remove(Edit edit, String key) {
      if (leaf) {
        delete(search(key));
        return;
      }
      int at = childFor(key);
      Node child = child(at).owned(edit);
      child.remove(edit, key);
      if (child.size == 0) {
        delete(at);
        return;
      }
      keys[at] = child.keys[0];
      values[at] = child;
      joinWithNext(edit, child.size < WIDTH / 4 && at + 1 < size ? at : -1);
    }

    /** Keeps nodes from staying nearly empty: a small child takes in its right neighbour. */
    private void joinWithNext(Edit edit, int at) {
      if (at < 0 || child(at).size + child(at + 1).size > WIDTH) {
        return;
      }
      Node left = child(at).owned(edit);
      Node right = child(at + 1);
      left.reserve(left.size + right.size);
      System.arraycopy(right.keys, 0, left.keys, left.size, right.size);
      System.arraycopy(right.values, 0, left.values, left.size, right.size);
      left.size += right.size;
      values[at] = left;
      delete(at + 1);
    }

    Node split(Edit edit) {
      int half = size / 2;
      Node right = new Node(edit, WIDTH + 2, leaf);
      right.size = size - half;
      System.arraycopy(keys, half, right.keys, 0, right.size);
      System.arraycopy(values, half, right.values, 0, right.size);
      for (int at = half; at < size; at++) {
        keys[at] = null;
        values[at] = null;
      }
      size = half;
      return right;
    }

    void insert(int at, @Nullable String key, Object value) {
      reserve(size + 1);
      System.arraycopy(keys, at, keys, at + 1, size - at);
      System.arraycopy(values, at, values, at + 1, size - at);
      keys[at] = key;
      values[at] = value;
      size++;
    }

    void delete(int at) {
      System.arraycopy(keys, at + 1, keys, at, size - at - 1);
      System.arraycopy(values, at + 1, values, at, size - at - 1);
      size--;
      keys[size] = null;
      values[size] = null;
    }

    private void reserve(int capacity) {
      if (capacity > keys.length) {
        int room = Math.max(capacity, Math.min(WIDTH + 2, keys.length * 2));
        keys = Arrays.copyOf(keys, room);
        values = Arrays.copyOf(values, room);
      }
    }
  }

  private static final class Walk<V> implements Iterator<Entry<V>> {
    private final @Nullable Node[] path = new Node[12];
    private final int[] positions = new int[12];
    private int depth;

    Walk(Node root, @Nullable String after) {
      Node node = root;
      while (!node.leaf) {
        int at = after == null ? 0 : node.childFor(after);
        path[depth] = node;
        positions[depth++] = at;
        node = node.child(at);
      }
      path[depth] = node;
      positions[depth] = after == null ? 0 : firstAfter(node, after);
      climb();
    }

    private static int firstAfter(Node leaf, String after) {
      int at = leaf.search(after);
      return at >= 0 ? at + 1 : -at - 1;
    }

    private Node at(int level) {
      return requireNonNull(path[level]);
    }

    /** Steps over exhausted nodes to the next leaf that has an entry left. */
    private void climb() {
      while (positions[depth] >= at(depth).size && depth > 0) {
        depth--;
        positions[depth]++;
        while (positions[depth] < at(depth).size && !at(depth).leaf) {
          Node down = at(depth).child(positions[depth]);
          depth++;
          path[depth] = down;
          positions[depth] = 0;
        }
      }
    }

    @Override
    public boolean hasNext() {
      return at(depth).leaf && positions[depth] < at(depth).size;
    }

    @Override
    @SuppressWarnings("unchecked") // Only values of type V are ever put.
    public Entry<V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Node leaf = at(depth);
      int at = positions[depth]++;
      Entry<V> entry =
          new Entry<>(requireNonNull(leaf.keys[at]), (V) requireNonNull(leaf.values[at]));
      climb();
      return entry;
    }
  }
}
