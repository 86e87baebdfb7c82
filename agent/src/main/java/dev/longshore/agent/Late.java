package dev.longshore.agent;

import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One end of a circle of parts: set once, before anybody asks. */
final class Late<T> {
  private final AtomicReference<@Nullable T> value = new AtomicReference<>();

  void set(T made) {
    value.set(made);
  }

  T get() {
    T made = value.get();
    if (made == null) {
      throw new IllegalStateException("asked before it was made");
    }
    return made;
  }
}
