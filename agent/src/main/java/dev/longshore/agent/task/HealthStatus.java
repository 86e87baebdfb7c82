package dev.longshore.agent.task;

/** What the container's own health check says. */
public enum HealthStatus {
  UNKNOWN,
  HEALTHY,
  UNHEALTHY
}
