package dev.longshore.core.model;

/** A task's last status. A task only ever moves to a later one; steps may be skipped. */
public enum TaskStatus {
  /** Work before a launch: capacity is awaited or a network interface is made. */
  PROVISIONING,
  /** Placed; the agent pulls, creates and starts. */
  PENDING,
  /** Registering with target groups and service discovery. */
  ACTIVATING,
  /** All containers were started. */
  RUNNING,
  /** Leaving target groups and service discovery. */
  DEACTIVATING,
  /** The agent was told to stop it. */
  STOPPING,
  /** Network interfaces and volumes are being taken away. */
  DEPROVISIONING,
  /** The end; described for an hour more. */
  STOPPED;

  /** Whether this status comes after the other. */
  public boolean isAfter(TaskStatus other) {
    return compareTo(other) > 0;
  }
}
