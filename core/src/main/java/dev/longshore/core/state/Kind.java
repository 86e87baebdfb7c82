package dev.longshore.core.state;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A table's declaration: its name in the log, the type of its rows, their key, and what is derived
 * from them. A row class declares its kind, indexes and tallies as constants beside each other.
 *
 * @param <R> type of the rows: an immutable record
 */
public final class Kind<R> {
  private final String name;
  private final Class<R> type;
  private final Function<R, String> key;
  private final List<Index<R>> indexes = new ArrayList<>();
  private final List<Tally<R, ?>> tallies = new ArrayList<>();

  private Kind(String name, Class<R> type, Function<R, String> key) {
    this.name = name;
    this.type = type;
    this.key = key;
  }

  /**
   * Declares a table.
   *
   * @param name its name in the log and in snapshots; never changes once released
   */
  public static <R> Kind<R> of(String name, Class<R> type, Function<R, String> key) {
    return new Kind<>(name, type, key);
  }

  /** Adds an index by {@code value}; rows whose value is null stand in no bucket of it. */
  public Index<R> index(String indexName, Function<R, @Nullable String> value) {
    Index<R> index = new Index<>(this, indexName, indexes.size(), value);
    indexes.add(index);
    return index;
  }

  /**
   * Adds a running total per bucket: each row's share is added when it is put and taken away when
   * it is replaced or removed. Derived like an index, so it is never logged.
   *
   * @param bucket names the row's bucket; null for none
   * @param none the total of an empty bucket
   * @param plus adds two totals; must be undone exactly by {@code minus}
   */
  public <T> Tally<R, T> tally(
      Function<R, @Nullable String> bucket,
      Function<R, T> share,
      T none,
      BinaryOperator<T> plus,
      BinaryOperator<T> minus) {
    Tally<R, T> tally = new Tally<>(this, tallies.size(), bucket, share, none, plus, minus);
    tallies.add(tally);
    return tally;
  }

  public String name() {
    return name;
  }

  public Class<R> type() {
    return type;
  }

  public String keyOf(R row) {
    return key.apply(row);
  }

  List<Index<R>> indexes() {
    return indexes;
  }

  List<Tally<R, ?>> tallies() {
    return tallies;
  }

  @Override
  public String toString() {
    return name;
  }
}
