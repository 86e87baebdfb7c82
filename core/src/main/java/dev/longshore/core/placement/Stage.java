package dev.longshore.core.placement;

/** The stages in which an instance is examined, in their order. */
public enum Stage {
  /** Whether it takes tasks at all: its status, its agent, its launch type. */
  CANDIDATE,
  /** Whether enough is left of it. */
  RESOURCES,
  /** Whether it has the attributes that the task definition requires. */
  ATTRIBUTES,
  /** Whether the constraints are met. */
  CONSTRAINTS,
  /** It passed all of them, and is ranked by the strategies. */
  STRATEGIES
}
