package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Rules.demand;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The rules for port mappings. */
final class PortRules {
  private static final Pattern RANGE = Pattern.compile("([0-9]{1,5})-([0-9]{1,5})");
  private static final Pattern NAME = Pattern.compile("[a-z0-9_][a-z0-9_-]{0,63}");
  private static final int LAST_PORT = 65_535;
  private static final int MOST_RANGES = 100;

  /** Ports of a container that one mapping takes. */
  private record Ports(int first, int last, boolean range, String protocol) {
    boolean overlap(Ports other) {
      return first <= other.last && other.first <= last;
    }
  }

  private PortRules() {}

  /** The rules for one container's mappings. */
  static void check(RegisterTaskDefinitionRequest request, ContainerDefinition container) {
    List<PortMapping> mappings = Given.list(container.portMappings());
    demand(
        mappings.isEmpty() || !"none".equals(request.networkMode()),
        "Port mappings are not supported when networkMode=none.");
    int ranges = 0;
    for (PortMapping mapping : mappings) {
      if (mapping.containerPortRange() == null) {
        checkPort(request, container, mapping);
      } else {
        checkRange(request, container, mapping);
        ranges++;
      }
      checkName(container, mapping);
    }
    demand(ranges <= MOST_RANGES, invalid("containerPortRange", container));
    checkOverlaps(container);
  }

  private static void checkPort(
      RegisterTaskDefinitionRequest request, ContainerDefinition container, PortMapping mapping) {
    Integer port = mapping.containerPort();
    demand(
        port != null && Rules.isBetween(1, LAST_PORT, port), invalid("containerPort", container));
    Integer host = mapping.hostPort();
    demand(Rules.isBetween(0, LAST_PORT, host), invalid("hostPort", container));
    if (Rules.isAwsvpc(request) || "host".equals(request.networkMode())) {
      demand(
          host == null || host == 0 || host.equals(port),
          "When networkMode="
              + request.networkMode()
              + ", the host ports and container ports in port mappings must match.");
    }
  }

  private static void checkRange(
      RegisterTaskDefinitionRequest request, ContainerDefinition container, PortMapping mapping) {
    demand(mapping.containerPort() == null, "cannot specify both single port and port range");
    demand(
        mapping.hostPort() == null
            && !"host".equals(request.networkMode())
            && ports(mapping).isPresent(),
        invalid("containerPortRange", container));
  }

  private static void checkName(ContainerDefinition container, PortMapping mapping) {
    demand(
        mapping.name() == null || NAME.matcher(mapping.name()).matches(),
        invalid("name", container));
    demand(
        mapping.appProtocol() == null || mapping.name() != null,
        "Invalid 'appProtocol' setting for container '"
            + container.name()
            + "'. A port mapping with an appProtocol must have a name.");
  }

  private static void checkOverlaps(ContainerDefinition container) {
    List<Ports> taken = new ArrayList<>();
    for (PortMapping mapping : Given.list(container.portMappings())) {
      Ports ports = ports(mapping).orElseThrow();
      for (Ports other : taken) {
        demand(
            !ports.overlap(other) || ports.protocol().equals(other.protocol()),
            invalid("portMappings", container)
                + " The same container port cannot be exposed for multiple protocols.");
        demand(
            !ports.overlap(other) || !(ports.range() || other.range()),
            "container port is used multiple times in task");
      }
      taken.add(ports);
    }
  }

  /** With awsvpc, the containers of a task share one network and so its ports. */
  static void checkShared(RegisterTaskDefinitionRequest request) {
    if (!Rules.isAwsvpc(request)) {
      return;
    }
    List<Ports> taken = new ArrayList<>();
    for (ContainerDefinition container : request.containerDefinitions()) {
      for (PortMapping mapping : Given.list(container.portMappings())) {
        Ports ports = ports(mapping).orElseThrow();
        demand(
            taken.stream()
                .noneMatch(
                    other -> other.overlap(ports) && other.protocol().equals(ports.protocol())),
            "container port is used multiple times in task");
        taken.add(ports);
      }
    }
  }

  /** The container's ports that a mapping takes; empty where they make no sense. */
  private static Optional<Ports> ports(PortMapping mapping) {
    String protocol = mapping.protocol() == null ? "tcp" : mapping.protocol();
    if (mapping.containerPort() != null) {
      int port = mapping.containerPort();
      return Optional.of(new Ports(port, port, false, protocol));
    }
    Matcher matcher = RANGE.matcher(Given.text(mapping.containerPortRange()));
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int first = Integer.parseInt(matcher.group(1));
    int last = Integer.parseInt(matcher.group(2));
    return first >= 1 && first < last && last <= LAST_PORT
        ? Optional.of(new Ports(first, last, true, protocol))
        : Optional.empty();
  }

  private static String invalid(String setting, ContainerDefinition container) {
    return "Invalid '" + setting + "' setting for container '" + container.name() + "'.";
  }
}
