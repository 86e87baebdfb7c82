package dev.longshore.core.placement;

/**
 * Why an instance cannot take a task, in the order in which it is examined: an instance with a
 * later obstacle came closer.
 */
public enum Obstacle {
  /** Not ACTIVE; such an instance is not named in failures. */
  STATUS(Stage.CANDIDATE, "STATUS"),
  /** Of another launch type; likewise. */
  LAUNCH_TYPE(Stage.CANDIDATE, "LAUNCH_TYPE"),
  AGENT(Stage.CANDIDATE, "AGENT"),
  CPU(Stage.RESOURCES, "RESOURCE:CPU"),
  MEMORY(Stage.RESOURCES, "RESOURCE:MEMORY"),
  PORTS(Stage.RESOURCES, "RESOURCE:PORTS"),
  GPU(Stage.RESOURCES, "RESOURCE:GPU"),
  NETWORK_INTERFACE(Stage.RESOURCES, "RESOURCE:ENI"),
  ATTRIBUTE(Stage.ATTRIBUTES, "ATTRIBUTE"),
  MEMBER_OF(Stage.CONSTRAINTS, "MemberOf placement constraint unsatisfied."),
  DISTINCT_INSTANCE(Stage.CONSTRAINTS, "DistinctInstance placement constraint unsatisfied.");

  private final Stage stage;
  private final String reason;

  Obstacle(Stage stage, String reason) {
    this.stage = stage;
    this.reason = reason;
  }

  /** Where it is met. */
  public Stage stage() {
    return stage;
  }

  /** The text in a list of failures. */
  public String reason() {
    return reason;
  }
}
