package dev.longshore.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;

/** The virtual clock, and what is to happen when. Nothing waits: time goes to the next entry. */
final class Agenda implements InstantSource {
  /** When every simulation begins. */
  static final Instant BEGINNING = Instant.parse("2026-01-01T00:00:00Z");

  private record Entry(long at, long order, Runnable action) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(Comparator.comparingLong(Entry::at).thenComparingLong(Entry::order));
  private long now;
  private long order;

  /** The time since the beginning, in milliseconds. */
  long elapsed() {
    return now;
  }

  @Override
  public Instant instant() {
    return BEGINNING.plusMillis(now);
  }

  /** Does something in so many milliseconds, behind what was to happen then before. */
  void after(long delay, Runnable action) {
    entries.add(new Entry(now + Math.max(0, delay), order++, action));
  }

  void at(Instant time, Runnable action) {
    after(Duration.between(instant(), time).toMillis(), action);
  }

  /**
   * Goes to the next entry and does it; what a jump of the clock has passed over is done late.
   *
   * @return false, with the clock at {@code end}, when nothing is left until then
   */
  boolean next(long end) {
    Entry next = entries.peek();
    if (next == null || next.at > end) {
      now = Math.max(now, end);
      return false;
    }
    entries.remove();
    now = Math.max(now, next.at);
    next.action.run();
    return true;
  }

  /** The clock is set forward, as a machine's is that was suspended. */
  void jump(long millis) {
    now += millis;
  }
}
