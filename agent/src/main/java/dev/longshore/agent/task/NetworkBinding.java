package dev.longshore.agent.task;

/**
 * A host address and port (or as many of them as the container's range has) that lead into the
 * container.
 */
public record NetworkBinding(
    String bindIp,
    int containerPort,
    int lastContainerPort,
    int hostPort,
    int lastHostPort,
    String protocol) {

  public boolean isRange() {
    return lastContainerPort > containerPort;
  }
}
