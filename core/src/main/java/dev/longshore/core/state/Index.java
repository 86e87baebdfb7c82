package dev.longshore.core.state;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows of a table that share a value. Made by {@link Kind#index}.
 *
 * @param <R> type of the rows
 */
public final class Index<R> {
  final Kind<R> kind;
  final int position;
  private final String name;
  private final Function<R, @Nullable String> value;

  Index(Kind<R> kind, String name, int position, Function<R, @Nullable String> value) {
    this.kind = kind;
    this.name = name;
    this.position = position;
    this.value = value;
  }

  @Nullable String valueOf(@Nullable R row) {
    return row == null ? null : value.apply(row);
  }

  @Override
  public String toString() {
    return kind.name() + " by " + name;
  }
}
