package dev.longshore.core.state;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The whole control plane as one immutable value: tables of rows with their indexes and tallies.
 * Readers keep one for as long as they like; the writer never waits for them.
 */
public final class State implements View {
  private final Tables tables;

  private State(Tables tables) {
    this.tables = tables;
  }

  /** A State with these tables and no rows. */
  public static State empty(List<Kind<?>> kinds) {
    return new State(Tables.empty(kinds));
  }

  static State of(Tables tables) {
    return new State(tables);
  }

  /** The tables in the order in which they were declared. */
  public List<Kind<?>> kinds() {
    return tables.kinds();
  }

  /** The kind of that name, or null: an older program wrote a table that is gone. */
  public @Nullable Kind<?> kind(String name) {
    return tables.named(name);
  }

  Tables tables() {
    return tables;
  }

  @Override
  public <R> @Nullable R find(Kind<R> kind, String key) {
    return tables.of(kind).find(key);
  }

  @Override
  public <R> Iterable<R> after(Kind<R> kind, @Nullable String key) {
    return tables.of(kind).after(key);
  }

  @Override
  public <R> Iterable<R> by(Index<R> index, String value, @Nullable String key) {
    return tables.of(index.kind).by(index.position, value, key);
  }

  @Override
  public int count(Kind<?> kind) {
    return tables.of(kind).count();
  }

  @Override
  public int count(Index<?> index, String value) {
    return tables.of(index.kind).count(index.position, value);
  }

  @Override
  public <R, T> T total(Tally<R, T> tally, String bucket) {
    return tables.of(tally.kind).total(tally, bucket);
  }
}
