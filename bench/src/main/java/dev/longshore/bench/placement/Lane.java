package dev.longshore.bench.placement;

import java.util.Arrays;
import java.util.Random;
import java.util.function.Function;

/** One scheduler with its own books and its own chance. */
final class Lane implements AutoCloseable {
  /** Share of all memory that is taken when a round begins. */
  private static final double FULL = 0.5;

  private final Workload workload;
  private final Books books;
  private final Scheduler scheduler;
  private final Random random;
  private final int perRound;
  final Samples rates = new Samples();
  final Samples shares = new Samples();
  private final int[] kinds;
  private final int[] hosts;

  Lane(Workload workload, Function<Workload, Scheduler> open, int perRound, long seed) {
    this.workload = workload;
    this.perRound = perRound;
    random = new Random(seed);
    books = new Books(workload);
    scheduler = open.apply(workload);
    books.fill(FULL, new Random(seed), scheduler);
    kinds = new int[workload.kinds().size()];
    hosts = new int[kinds.length];
  }

  /** How many hosts it has. */
  int size() {
    return workload.hosts().size();
  }

  /** Rounds until enough time was measured; returns placements a second. */
  double measure(double atLeastSeconds) {
    Stopwatch watch = new Stopwatch();
    long placed = 0;
    while (watch.seconds() < atLeastSeconds) {
      placed += round(watch);
    }
    shares.add(watch.share());
    return placed / watch.seconds();
  }

  private int round(Stopwatch watch) {
    int before = books.size();
    for (int batch = 0; batch < perRound; batch++) {
      shuffle();
      watch.start();
      scheduler.place(kinds, hosts);
      watch.stop();
      book();
    }
    int placed = books.size() - before;
    drain(placed);
    return placed;
  }

  /** The time of each placement alone, in nanoseconds, sorted. */
  long[] latencies(int count) {
    long[] times = new long[count];
    int[] kind = new int[1];
    int[] host = new int[1];
    int perDrain = perRound * kinds.length;
    for (int at = 0; at < count; at++) {
      kind[0] = random.nextInt(workload.kinds().size());
      long start = System.nanoTime();
      scheduler.place(kind, host);
      times[at] = System.nanoTime() - start;
      if (host[0] >= 0) {
        books.add(kind[0], host[0]);
      }
      if ((at + 1) % perDrain == 0) {
        drain(Math.min(perDrain, books.size() / 2));
      }
    }
    Arrays.sort(times);
    return times;
  }

  private void shuffle() {
    for (int at = 0; at < kinds.length; at++) {
      int other = random.nextInt(at + 1);
      kinds[at] = kinds[other];
      kinds[other] = at;
    }
  }

  private void book() {
    for (int at = 0; at < kinds.length; at++) {
      if (hosts[at] >= 0) {
        books.add(kinds[at], hosts[at]);
      }
    }
  }

  private void drain(int count) {
    for (int at = 0; at < count; at++) {
      int task = random.nextInt(books.size());
      scheduler.stop(books.kind(task), books.host(task));
      books.remove(task);
    }
  }

  @Override
  public void close() {
    scheduler.close();
  }
}
