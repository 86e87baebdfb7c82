package dev.longshore.agent.task;

/** What the control plane wants of a task. It changes once at most, from RUNNING to STOPPED. */
public enum DesiredStatus {
  RUNNING,
  STOPPED
}
