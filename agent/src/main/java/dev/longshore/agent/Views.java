package dev.longshore.agent;

import dev.longshore.agent.docker.Container;
import dev.longshore.agent.task.ContainerView;
import dev.longshore.agent.task.HealthStatus;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The container engine's inspection as the task engine sees a container. */
final class Views {
  private Views() {}

  static ContainerView of(Container container) {
    Container.State state = container.state();
    return new ContainerView(
        container.id(),
        state.running(),
        state.exitCode(),
        state.outOfMemory(),
        container.createdAt(),
        state.startedAt(),
        state.finishedAt(),
        container.ports().stream()
            .map(port ->
                new ContainerView.Port(
                    port.hostIp(), port.hostPort(), port.containerPort(), port.protocol()))
            .toList(),
        health(state.health()),
        container.imageId(),
        container.labels(),
        networks(container),
        container.mounts().stream()
            .map(mount ->
                new ContainerView.Mount(
                    mount.name().isEmpty() ? null : mount.name(),
                    mount.source(),
                    mount.destination()))
            .toList(),
        container.logDriver(),
        container.logOptions());
  }

  private static ContainerView.@Nullable Health health(Container.@Nullable Health health) {
    if (health == null || health.status().equals("none")) {
      return null;
    }
    HealthStatus status =
        switch (health.status()) {
          case "healthy" -> HealthStatus.HEALTHY;
          case "unhealthy" -> HealthStatus.UNHEALTHY;
          default -> HealthStatus.UNKNOWN;
        };
    Container.Check last = health.last();
    return last == null
        ? new ContainerView.Health(status, null, null)
        : new ContainerView.Health(status, last.exitCode(), last.output());
  }

  private static List<ContainerView.Network> networks(Container container) {
    List<String> ipv4 = new ArrayList<>();
    List<String> ipv6 = new ArrayList<>();
    for (Container.Endpoint endpoint : container.networks().values()) {
      if (!endpoint.address().isEmpty()) {
        ipv4.add(endpoint.address());
      }
      if (!endpoint.address6().isEmpty()) {
        ipv6.add(endpoint.address6());
      }
    }
    String mode = container.networkMode().equals("default") ? "bridge" : container.networkMode();
    return List.of(new ContainerView.Network(mode, List.copyOf(ipv4), List.copyOf(ipv6)));
  }
}
