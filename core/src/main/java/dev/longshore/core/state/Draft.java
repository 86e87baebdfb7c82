package dev.longshore.core.state;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An edit of a State that sees its own writes and yields its Changes.
 *
 * <p>{@link #mark} and {@link #backTo} bracket one command: a command that throws is undone by
 * taking back the tables as they were, at no cost to the commands before it.
 *
 * <p>An {@code Iterable} taken from a Draft shows the rows as they were when it was taken, so rows
 * may be put while walking them.
 */
public final class Draft implements View {
  private final State origin;
  private final Companions companions;
  private Tables tables;
  private Edit edit = new Edit();
  private final List<Change<?>> changes = new ArrayList<>();

  private Draft(State origin, Companions companions) {
    this.origin = origin;
    this.companions = companions;
    tables = origin.tables().copy();
    companions.begin(origin);
  }

  /** A draft on top of that State, with no changes yet. */
  public static Draft on(State state) {
    return on(state, new Companions());
  }

  /**
   * As {@link #on(State)}, with the companions of the draft before.
   *
   * @param companions from now on they follow this draft
   */
  public static Draft on(State state, Companions companions) {
    return new Draft(state, companions);
  }

  /** The companion of that role; it tells of this draft, and goes on following it. */
  public <C extends Companion> C companion(Companion.Role<C> role) {
    return companions.of(role);
  }

  /** The kind of that name, or null. */
  public @Nullable Kind<?> kind(String name) {
    return tables.named(name);
  }

  /** Puts a row; an equal row in its place is no change. */
  public <R> void put(Kind<R> kind, R row) {
    set(kind, kind.keyOf(row), row);
  }

  /** Removes the row under the key, if there is one. */
  public <R> void remove(Kind<R> kind, String key) {
    set(kind, key, null);
  }

  private <R> void set(Kind<R> kind, String key, @Nullable R after) {
    R before = tables.of(kind).find(key);
    if (Objects.equals(before, after)) {
      return;
    }
    tables.edited(edit, kind).set(edit, key, before, after);
    Change<R> change = new Change<>(kind, key, before, after);
    changes.add(change);
    companions.changed(change);
  }

  /** A point to go back to. */
  public Mark mark() {
    edit = new Edit();
    return new Mark(tables.copy(), changes.size());
  }

  /** Undoes everything since the mark. */
  public void backTo(Mark mark) {
    edit = new Edit();
    tables = mark.tables.copy();
    while (changes.size() > mark.changes) {
      companions.changed(changes.removeLast().inverse());
    }
  }

  /** The changes so far, in the order in which they were made. */
  public List<Change<?>> changes() {
    return Collections.unmodifiableList(changes);
  }

  /**
   * The State as edited, or the very one that it began on where there are no changes; the draft may
   * be edited further without touching it.
   */
  public State state() {
    edit = new Edit();
    State state = changes.isEmpty() ? origin : State.of(tables.copy());
    companions.end(state);
    return state;
  }

  /** The tables and the number of changes at some moment of a draft. */
  public static final class Mark {
    private final Tables tables;
    private final int changes;

    private Mark(Tables tables, int changes) {
      this.tables = tables;
      this.changes = changes;
    }
  }

  @Override
  public <R> @Nullable R find(Kind<R> kind, String key) {
    return tables.of(kind).find(key);
  }

  @Override
  public <R> Iterable<R> after(Kind<R> kind, @Nullable String key) {
    edit = new Edit();
    return tables.of(kind).after(key);
  }

  @Override
  public <R> Iterable<R> by(Index<R> index, String value, @Nullable String key) {
    edit = new Edit();
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
