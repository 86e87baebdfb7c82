package dev.longshore.bench.placement;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Adds up time that passed, and how much of it this thread was given a processor. */
final class Stopwatch {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private long passed;
  private long cpu;
  private long startedAt;
  private long cpuAt;

  void start() {
    cpuAt = THREADS.getCurrentThreadCpuTime();
    startedAt = System.nanoTime();
  }

  void stop() {
    passed += System.nanoTime() - startedAt;
    cpu += THREADS.getCurrentThreadCpuTime() - cpuAt;
  }

  double seconds() {
    return passed / 1e9;
  }

  /** 1: the thread never waited for a processor. Means little where other threads help. */
  double share() {
    return passed == 0 ? 1 : (double) cpu / passed;
  }
}
