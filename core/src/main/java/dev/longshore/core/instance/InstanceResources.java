package dev.longshore.core.instance;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.HostPort;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.PlatformDevice;
import dev.longshore.shapes.ecs.RegisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.Resource;
import java.util.ArrayList;
import java.util.List;

/**
 * What a registering instance says it has.
 *
 * @param networkInterfaces how many tasks may have an interface of their own; agents do not tell,
 *     and where none does there is no limit
 */
record InstanceResources(
    int cpu, int memory, List<HostPort> reservedPorts, List<String> gpus, int networkInterfaces) {
  private static final int MAX_PORTS = 100;

  static InstanceResources of(RegisterContainerInstanceRequest request) {
    int cpu = 0;
    int memory = 0;
    int networkInterfaces = Integer.MAX_VALUE;
    List<HostPort> ports = new ArrayList<>();
    for (Resource resource : Given.list(request.totalResources())) {
      switch (Given.text(resource.name())) {
        case "CPU" -> cpu = amount(resource);
        case "MEMORY" -> memory = amount(resource);
        case "PORTS" -> addPorts(ports, "tcp", resource);
        case "PORTS_UDP" -> addPorts(ports, "udp", resource);
        case "ENI" -> networkInterfaces = amount(resource);
        default -> throw invalid(Given.text(resource.name()));
      }
    }
    if (ports.size() > MAX_PORTS) {
      throw new InvalidParameterException(
          "A container instance may reserve at most 100 host ports.");
    }
    List<String> gpus =
        Given.list(request.platformDevices()).stream()
            .filter(device -> device.type().equals("GPU"))
            .map(PlatformDevice::id)
            .sorted()
            .distinct()
            .toList();
    return new InstanceResources(
        cpu, memory, ports.stream().sorted().distinct().toList(), gpus, networkInterfaces);
  }

  /** Whether an instance that registers again lost something it had. */
  boolean lessThan(ContainerInstance before) {
    return cpu < before.cpu() || memory < before.memory() || gpus.size() < before.gpus().size();
  }

  private static int amount(Resource resource) {
    Integer value = resource.integerValue();
    if (value == null || value < 0) {
      throw invalid(Given.text(resource.name()));
    }
    return value;
  }

  private static void addPorts(List<HostPort> ports, String protocol, Resource resource) {
    for (String text : Given.list(resource.stringSetValue())) {
      if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
        throw invalid(Given.text(resource.name()));
      }
      ports.add(new HostPort(protocol, Integer.parseInt(text)));
    }
  }

  private static InvalidParameterException invalid(String resource) {
    return new InvalidParameterException("Invalid resource: " + resource);
  }
}
