package dev.longshore.core.placement;

/** How instances that fit are ranked. Never rejects one. */
public sealed interface Preference {
  /** The instances that hold the fewest tasks of the task's group. */
  record SpreadOverInstances() implements Preference {}

  /**
   * The instances whose value of an attribute is shared by the fewest tasks of the task's group.
   * Instances without the attribute count as having one value of their own.
   */
  record SpreadOverAttribute(String name) implements Preference {}

  /** The instances with the least CPU units left. */
  record BinpackCpu() implements Preference {}

  /** The instances with the least memory left. */
  record BinpackMemory() implements Preference {}
}
