package dev.longshore.server.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When which key of which reconciler is due, at most one time each. */
final class WakeTimes {
  /** A key of the reconciler at that place of the list. */
  record Due(int reconciler, String key) {}

  private record Timer(Instant at, Due due) {}

  private final Map<Due, Timer> timers = new HashMap<>();
  private final TreeSet<Timer> order =
      new TreeSet<>(
          Comparator.comparing(Timer::at)
              .thenComparingInt(timer -> timer.due.reconciler)
              .thenComparing(timer -> timer.due.key));

  /** Sets the one time of that key; null for never. */
  void set(Due due, @Nullable Instant at) {
    Timer old = timers.remove(due);
    if (old != null) {
      order.remove(old);
    }
    if (at != null) {
      Timer timer = new Timer(at, due);
      timers.put(due, timer);
      order.add(timer);
    }
  }

  /** Takes out one key that is due by then, the earliest first; null when none is. */
  @Nullable Due next(Instant now) {
    if (order.isEmpty() || order.first().at.isAfter(now)) {
      return null;
    }
    Timer first = order.removeFirst();
    timers.remove(first.due);
    return first.due;
  }

  @Nullable Instant earliest() {
    return order.isEmpty() ? null : order.first().at;
  }

  void clear() {
    timers.clear();
    order.clear();
  }
}
