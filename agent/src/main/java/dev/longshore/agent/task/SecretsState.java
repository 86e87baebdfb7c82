package dev.longshore.agent.task;

/**
 * How far a task's secrets are fetched. The values are never in rows, so after a restart they are
 * fetched again for containers that are not made yet.
 */
public enum SecretsState {
  MISSING,
  ASKED,
  READY,
  DROPPED
}
