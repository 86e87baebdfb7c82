package dev.longshore.bench.placement;

/** A scheduler under test; it keeps its own account of hosts and tasks. */
interface Scheduler extends AutoCloseable {
  /** Is told of a task that stands on a host already. */
  void put(int kind, int host);

  /**
   * Places one task each of services that are all different, each seeing what those before it took.
   *
   * @param hosts receives the hosts, -1 where a task fits nowhere
   */
  void place(int[] kinds, int[] hosts);

  /** Is told that a task has stopped. */
  void stop(int kind, int host);

  @Override
  void close();
}
