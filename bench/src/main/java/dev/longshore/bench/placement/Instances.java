package dev.longshore.bench.placement;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.shapes.ecs.Attribute;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes container instances of hosts. */
final class Instances {
  private static final String PREFIX = "arn:aws:ecs:us-east-1:123456789012:";

  private Instances() {}

  /** An ACTIVE, connected instance with the host's size, zone and stack. */
  static ContainerInstance of(Host host) {
    List<String> gpus = new ArrayList<>();
    for (int at = 0; at < host.gpus(); at++) {
      gpus.add("GPU-" + at);
    }
    return new ContainerInstance(
        PREFIX + "container-instance/bench/" + host.name(),
        host.name(),
        PREFIX + "cluster/bench",
        null,
        ContainerInstance.ACTIVE,
        null,
        true,
        Instant.EPOCH,
        List.of(attribute("ecs.availability-zone", host.zone()), attribute("stack", host.stack())),
        List.of("stack"),
        host.cpu(),
        host.memory(),
        List.of(),
        List.copyOf(gpus),
        Integer.MAX_VALUE,
        null,
        "EC2",
        Instant.EPOCH,
        List.of(),
        List.of(),
        null,
        1);
  }

  private static Attribute attribute(String name, String value) {
    return Attribute.builder().name(name).value(value).build();
  }
}
