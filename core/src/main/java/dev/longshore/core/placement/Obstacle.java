package dev.longshore.core.placement;

/**
 * Why an instance cannot take a task, in the order in which it is examined: an instance with a
 * later obstacle came closer.
 */
public enum Obstacle {
  AGENT("AGENT"),
  CPU("RESOURCE:CPU"),
  MEMORY("RESOURCE:MEMORY"),
  PORTS("RESOURCE:PORTS"),
  GPU("RESOURCE:GPU"),
  NETWORK_INTERFACE("RESOURCE:ENI"),
  ATTRIBUTE("ATTRIBUTE"),
  MEMBER_OF("MemberOf placement constraint unsatisfied."),
  DISTINCT_INSTANCE("DistinctInstance placement constraint unsatisfied.");

  private final String reason;

  Obstacle(String reason) {
    this.reason = reason;
  }

  /** The text in a list of failures. */
  public String reason() {
    return reason;
  }
}
