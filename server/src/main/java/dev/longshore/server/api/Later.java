package dev.longshore.server.api;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * A value that is made when it is first asked for. Two threads may make it, and use one of both.
 */
final class Later<T> implements Supplier<T> {
  private final Supplier<T> made;
  private final AtomicReference<T> value = new AtomicReference<>();

  Later(Supplier<T> made) {
    this.made = made;
  }

  @Override
  public T get() {
    T known = value.get();
    if (known != null) {
      return known;
    }
    T fresh = made.get();
    T first = value.compareAndExchange(null, fresh);
    return first == null ? fresh : first;
  }
}
