package dev.longshore.core.state;

import org.jspecify.annotations.Nullable;

/** What can be asked of the control plane's tables: of a State, or of a Draft in the making. */
public interface View {
  /** The row under the key, or null. */
  <R> @Nullable R find(Kind<R> kind, String key);

  /** All rows in the order of their keys. */
  default <R> Iterable<R> all(Kind<R> kind) {
    return after(kind, null);
  }

  /** The rows whose keys come after {@code key} (null: all), in the order of their keys. */
  <R> Iterable<R> after(Kind<R> kind, @Nullable String key);

  /** The rows in one bucket of an index, in the order of their keys. */
  default <R> Iterable<R> by(Index<R> index, String value) {
    return by(index, value, null);
  }

  /** The rows in one bucket whose keys come after {@code key} (null: all), in key order. */
  <R> Iterable<R> by(Index<R> index, String value, @Nullable String key);

  /** How many rows a table has. */
  int count(Kind<?> kind);

  /** How many rows stand in one bucket of an index; costs a look-up, not a walk. */
  int count(Index<?> index, String value);

  /** The running total of a bucket; the tally's {@code none} where it is empty. */
  <R, T> T total(Tally<R, T> tally, String bucket);
}
