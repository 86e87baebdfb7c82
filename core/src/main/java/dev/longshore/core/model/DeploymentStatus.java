package dev.longshore.core.model;

import java.util.List;

/** The statuses of service deployments, each with those that may follow. */
public enum DeploymentStatus {
  PENDING,
  IN_PROGRESS,
  STOP_REQUESTED,
  ROLLBACK_REQUESTED,
  ROLLBACK_IN_PROGRESS,
  SUCCESSFUL,
  STOPPED,
  ROLLBACK_SUCCESSFUL,
  ROLLBACK_FAILED;

  /** Whether a deployment may come to have that status next. */
  public boolean mayBecome(DeploymentStatus next) {
    return followers().contains(next);
  }

  private List<DeploymentStatus> followers() {
    return switch (this) {
      case PENDING -> List.of(IN_PROGRESS, ROLLBACK_REQUESTED, STOP_REQUESTED, STOPPED);
      case IN_PROGRESS ->
          List.of(SUCCESSFUL, STOP_REQUESTED, ROLLBACK_REQUESTED, ROLLBACK_IN_PROGRESS, STOPPED);
      case STOP_REQUESTED -> List.of(STOPPED);
      case ROLLBACK_REQUESTED -> List.of(SUCCESSFUL, ROLLBACK_IN_PROGRESS, STOPPED);
      case ROLLBACK_IN_PROGRESS -> List.of(ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED);
      case SUCCESSFUL, STOPPED, ROLLBACK_SUCCESSFUL, ROLLBACK_FAILED -> List.of();
    };
  }

  /** Whether nothing follows. */
  public boolean isFinal() {
    return followers().isEmpty();
  }
}
