package dev.longshore.core.state;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The companions of one line of drafts, carried from each to the next. They remember which State
 * they tell of: a draft that begins on another one, because the last was dropped, finds none, and
 * they are made anew when asked for.
 */
public final class Companions {
  private final List<Held<?>> all = new ArrayList<>();
  private @Nullable State told;

  /** None yet. */
  public Companions() {}

  private record Held<C extends Companion>(Companion.Role<C> role, C companion) {}

  /** Begins to follow a draft on that State. */
  void begin(State state) {
    if (told != state) {
      all.clear();
    }
    told = null;
  }

  void changed(Change<?> change) {
    told = null;
    for (int at = 0; at < all.size(); at++) {
      all.get(at).companion().changed(change);
    }
  }

  /** All changes of the draft so far are in that State. */
  void end(State state) {
    told = state;
  }

  @SuppressWarnings("unchecked") // A role is held with a companion that it made.
  <C extends Companion> C of(Companion.Role<C> role) {
    for (int at = 0; at < all.size(); at++) {
      if (all.get(at).role() == role) {
        return (C) all.get(at).companion();
      }
    }
    C made = role.make();
    all.add(new Held<>(role, made));
    return made;
  }
}
