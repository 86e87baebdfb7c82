package dev.longshore.simulation.check;

/** Takes what a checker has found: a promise that was broken, in one sentence. */
@FunctionalInterface
public interface Findings {
  void found(String what);
}
