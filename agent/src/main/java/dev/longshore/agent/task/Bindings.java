package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.PortMapping;
import dev.longshore.agent.task.ContainerView.Port;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Host ports: picked for ranges before a container is made, reported once it runs. */
final class Bindings {
  private Bindings() {}

  /** What the engine has bound, as reports show it; IPv6's own wildcard entries are left out. */
  static List<NetworkBinding> reported(ContainerSpec spec, List<Port> ports) {
    List<NetworkBinding> bindings = new ArrayList<>();
    for (PortMapping mapping : spec.portMappings()) {
      for (Port port : ports) {
        if (port.hostPort() != 0
            && port.containerPort() == mapping.first()
            && port.protocol().equals(mapping.protocol())
            && !port.hostAddress().equals("::")) {
          bindings.add(
              new NetworkBinding(
                  port.hostAddress(),
                  mapping.first(),
                  mapping.last(),
                  port.hostPort(),
                  port.hostPort() + mapping.last() - mapping.first(),
                  mapping.protocol()));
        }
      }
    }
    return List.copyOf(bindings);
  }

  /**
   * A block of host ports for each port range of a container: the lowest that none of the
   * instance's containers holds. Empty if some range finds no room.
   */
  static Optional<Map<PortMapping, Integer>> pick(
      ContainerSpec spec, Settings settings, List<NetworkBinding> held) {
    Map<PortMapping, Integer> picked = new LinkedHashMap<>();
    List<NetworkBinding> taken = new ArrayList<>(held);
    for (PortMapping mapping : spec.portMappings()) {
      if (!mapping.isRange()) {
        continue;
      }
      int size = mapping.last() - mapping.first() + 1;
      int first = settings.firstDynamicPort();
      while (first + size - 1 <= settings.lastDynamicPort()) {
        int blocked = blockedUntil(first, first + size - 1, mapping.protocol(), taken);
        if (blocked == 0) {
          break;
        }
        first = blocked + 1;
      }
      if (first + size - 1 > settings.lastDynamicPort()) {
        return Optional.empty();
      }
      picked.put(mapping, first);
      taken.add(binding(settings, mapping, first));
    }
    return Optional.of(picked);
  }

  /** The ranges picked, held from before the container is made. */
  static List<NetworkBinding> planned(Settings settings, Map<PortMapping, Integer> picked) {
    List<NetworkBinding> bindings = new ArrayList<>();
    picked.forEach((mapping, first) -> bindings.add(binding(settings, mapping, first)));
    return List.copyOf(bindings);
  }

  private static NetworkBinding binding(Settings settings, PortMapping mapping, int first) {
    return new NetworkBinding(
        settings.bindAddress(),
        mapping.first(),
        mapping.last(),
        first,
        first + mapping.last() - mapping.first(),
        mapping.protocol());
  }

  private static int blockedUntil(
      int first, int last, String protocol, List<NetworkBinding> taken) {
    int blocked = 0;
    for (NetworkBinding binding : taken) {
      if (binding.protocol().equals(protocol)
          && binding.hostPort() <= last
          && binding.lastHostPort() >= first) {
        blocked = Math.max(blocked, binding.lastHostPort());
      }
    }
    return blocked;
  }
}
