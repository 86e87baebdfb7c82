package dev.longshore.core.state;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of one kind with their indexes and tallies; like a tree's node, owned by an edit. */
final class Table<R> {
  private final Kind<R> kind;
  private final Edit owner;
  private Tree<R> rows;
  private final Tree<Tree<Boolean>>[] indexes;
  private final Tree<?>[] totals;

  private Table(
      Kind<R> kind, Edit owner, Tree<R> rows, Tree<Tree<Boolean>>[] indexes, Tree<?>[] totals) {
    this.kind = kind;
    this.owner = owner;
    this.rows = rows;
    this.indexes = indexes;
    this.totals = totals;
  }

  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of generic type.
  static <R> Table<R> empty(Kind<R> kind) {
    Tree<Tree<Boolean>>[] indexes = new Tree[kind.indexes().size()];
    Arrays.fill(indexes, Tree.empty());
    Tree<?>[] totals = new Tree[kind.tallies().size()];
    Arrays.fill(totals, Tree.empty());
    return new Table<>(kind, new Edit(), Tree.empty(), indexes, totals);
  }

  Table<R> owned(Edit edit) {
    return owner == edit ? this : new Table<>(kind, edit, rows, indexes.clone(), totals.clone());
  }

  Kind<R> kind() {
    return kind;
  }

  @Nullable R find(String key) {
    return rows.get(key);
  }

  int count() {
    return rows.size();
  }

  int count(int index, String value) {
    Tree<Boolean> bucket = indexes[index].get(value);
    return bucket == null ? 0 : bucket.size();
  }

  @SuppressWarnings("unchecked") // A tally's trees are only written by that tally.
  <T> T total(Tally<R, T> tally, String bucket) {
    return tally.total((Tree<T>) totals[tally.position], bucket);
  }

  Iterable<R> after(@Nullable String key) {
    return () -> values(rows.after(key));
  }

  Iterable<R> by(int index, String value, @Nullable String key) {
    Tree<R> all = rows;
    Tree<Boolean> bucket = indexes[index].get(value);
    Tree<Boolean> keys = bucket == null ? Tree.empty() : bucket;
    return () -> rowsOf(all, keys.after(key));
  }

  /** Puts ({@code after} not null) or removes a row; only the owner's edit may call this. */
  void set(Edit edit, String key, @Nullable R before, @Nullable R after) {
    rows = after == null ? rows.remove(edit, key) : rows.put(edit, key, after);
    for (Index<R> index : kind.indexes()) {
      move(edit, index, key, index.valueOf(before), index.valueOf(after));
    }
    for (Tally<R, ?> tally : kind.tallies()) {
      total(edit, tally, before, after);
    }
  }

  private void move(
      Edit edit, Index<R> index, String key, @Nullable String from, @Nullable String to) {
    if (from == null ? to == null : from.equals(to)) {
      return;
    }
    Tree<Tree<Boolean>> buckets = indexes[index.position];
    if (from != null) {
      Tree<Boolean> left = bucket(buckets, from).remove(edit, key);
      buckets = left.size() == 0 ? buckets.remove(edit, from) : buckets.put(edit, from, left);
    }
    if (to != null) {
      buckets = buckets.put(edit, to, bucket(buckets, to).put(edit, key, Boolean.TRUE));
    }
    indexes[index.position] = buckets;
  }

  private static Tree<Boolean> bucket(Tree<Tree<Boolean>> buckets, String value) {
    Tree<Boolean> bucket = buckets.get(value);
    return bucket == null ? Tree.empty() : bucket;
  }

  @SuppressWarnings("unchecked") // As in total(Tally, String).
  private <T> void total(Edit edit, Tally<R, T> tally, @Nullable R before, @Nullable R after) {
    Tree<T> now = (Tree<T>) totals[tally.position];
    totals[tally.position] = tally.moved(edit, now, before, after);
  }

  private static <R> Iterator<R> values(Iterator<Tree.Entry<R>> entries) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public R next() {
        return entries.next().value();
      }
    };
  }

  private static <R> Iterator<R> rowsOf(Tree<R> all, Iterator<Tree.Entry<Boolean>> keys) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return keys.hasNext();
      }

      @Override
      public R next() {
        R row = all.get(keys.next().key());
        if (row == null) {
          throw new NoSuchElementException("An index names a row that is not in its table.");
        }
        return row;
      }
    };
  }
}
