package dev.longshore.core.state;

import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A running total over the rows of a table, per bucket. Made by {@link Kind#tally}.
 *
 * @param <R> type of the rows
 * @param <T> type of the total: an immutable value with {@code equals}
 */
public final class Tally<R, T> {
  final Kind<R> kind;
  final int position;
  final T none;
  private final Function<R, @Nullable String> bucket;
  private final Function<R, T> share;
  private final BinaryOperator<T> plus;
  private final BinaryOperator<T> minus;

  Tally(
      Kind<R> kind,
      int position,
      Function<R, @Nullable String> bucket,
      Function<R, T> share,
      T none,
      BinaryOperator<T> plus,
      BinaryOperator<T> minus) {
    this.kind = kind;
    this.position = position;
    this.bucket = bucket;
    this.share = share;
    this.none = none;
    this.plus = plus;
    this.minus = minus;
  }

  /** The totals after {@code before} was replaced by {@code after}. */
  Tree<T> moved(Edit edit, Tree<T> totals, @Nullable R before, @Nullable R after) {
    String from = before == null ? null : bucket.apply(before);
    String to = after == null ? null : bucket.apply(after);
    T less = before == null ? none : share.apply(before);
    T more = after == null ? none : share.apply(after);
    if (from != null && from.equals(to) && less.equals(more)) {
      return totals;
    }
    Tree<T> next = totals;
    if (from != null) {
      next = with(edit, next, from, minus.apply(total(next, from), less));
    }
    if (to != null) {
      next = with(edit, next, to, plus.apply(total(next, to), more));
    }
    return next;
  }

  private Tree<T> with(Edit edit, Tree<T> totals, String name, T total) {
    return total.equals(none) ? totals.remove(edit, name) : totals.put(edit, name, total);
  }

  T total(Tree<T> totals, String name) {
    T total = totals.get(name);
    return total == null ? none : total;
  }
}
