package dev.longshore.core.state;

import org.jspecify.annotations.Nullable;

/**
 * One row put or removed: the only thing that is logged, replicated, replayed and watched.
 *
 * @param before the row as it was, null where there was none
 * @param after the row as it is now, null where it was removed
 * @param <R> type of the row
 */
public record Change<R>(Kind<R> kind, String key, @Nullable R before, @Nullable R after) {
  /** The row before, if this is a change of that kind and there was one. */
  @SuppressWarnings("unchecked") // Kinds are compared by identity, and each has one row type.
  public <S> @Nullable S before(Kind<S> wanted) {
    return kind == wanted ? (S) before : null;
  }

  /** The row after, if this is a change of that kind and there is one. */
  @SuppressWarnings("unchecked") // As above.
  public <S> @Nullable S after(Kind<S> wanted) {
    return kind == wanted ? (S) after : null;
  }

  /** The row after, else the row before, if this is a change of that kind. */
  public <S> @Nullable S row(Kind<S> wanted) {
    S now = after(wanted);
    return now == null ? before(wanted) : now;
  }

  /** What takes it back. */
  Change<R> inverse() {
    return new Change<>(kind, key, after, before);
  }
}
