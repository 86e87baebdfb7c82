package dev.longshore.agent.task;

/** How far a container has come. The order of the constants is the only way a container goes. */
public enum ContainerStatus {
  NONE,
  MANIFEST_PULLED,
  PULLED,
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

  public boolean atLeast(ContainerStatus other) {
    return compareTo(other) >= 0;
  }

  /** What a task whose slowest container stands here has reached. */
  TaskStatus task() {
    return switch (this) {
      case NONE -> TaskStatus.NONE;
      // A task knows no status between its manifests and its containers being created.
      case MANIFEST_PULLED, PULLED -> TaskStatus.MANIFEST_PULLED;
      case CREATED -> TaskStatus.CREATED;
      case RUNNING -> TaskStatus.RUNNING;
      case STOPPED -> TaskStatus.STOPPED;
    };
  }
}
