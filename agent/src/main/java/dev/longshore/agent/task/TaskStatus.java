package dev.longshore.agent.task;

/** How far a task has come: as far as its slowest container. Only ever moves down this list. */
public enum TaskStatus {
  NONE,
  MANIFEST_PULLED,
  CREATED,
  RUNNING,
  STOPPED;

  /** The word the control plane knows: everything before RUNNING is PENDING. */
  public String reported() {
    return switch (this) {
      case RUNNING -> "RUNNING";
      case STOPPED -> "STOPPED";
      default -> "PENDING";
    };
  }
}
