package dev.longshore.core.placement.language;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** An instance to ask expressions about. */
public record Machine(
    Map<String, String> attributes,
    boolean agentConnected,
    @Nullable String agentVersion,
    @Nullable String ec2InstanceId,
    Instant registeredAt,
    int runningTasksCount,
    List<String> groups)
    implements Subject {
  /** The four instances of the examples, in their order. */
  public static final List<Machine> EXAMPLES =
      List.of(
          machine("i-aaa1", "t2.small", "us-east-1a", "x86_64", "1.14.4", "2018-02-01T00:00:00Z")
              .with("stack", "prod"),
          machine("i-bbb2", "g2.2xlarge", "us-east-1b", "x86_64", "1.14.5", "2018-02-13T10:00:00Z")
              .with("stack", "test")
              .with("disk", "ssd")
              .holding(1, "service:production"),
          machine("i-ccc3", "g2.8xlarge", "us-east-1d", "x86_64", "1.80.0", "2018-06-18T22:28:28Z")
              .holding(3, "database", "family:web")
              .connected(false),
          machine("i-ddd4", "m6g.large", "us-east-1a", "arm64", "1.9.0", "2020-01-01T00:00:00Z")
              .with("stack", "prod")
              .with("rack", "r/1")
              .holding(2, "database"));

  private static Machine machine(
      String id, String type, String zone, String architecture, String version, String since) {
    return new Machine(new TreeMap<>(), true, version, id, Instant.parse(since), 0, List.of())
        .with("ecs.instance-type", type)
        .with("ecs.availability-zone", zone)
        .with("ecs.cpu-architecture", architecture)
        .with("ecs.os-family", "LINUX");
  }

  Machine with(String name, String value) {
    Map<String, String> more = new TreeMap<>(attributes);
    more.put(name, value);
    return new Machine(
        more, agentConnected, agentVersion, ec2InstanceId, registeredAt, runningTasksCount, groups);
  }

  Machine holding(int tasks, String... theirGroups) {
    return new Machine(
        attributes,
        agentConnected,
        agentVersion,
        ec2InstanceId,
        registeredAt,
        tasks,
        List.of(theirGroups));
  }

  Machine connected(boolean connected) {
    return new Machine(
        attributes,
        connected,
        agentVersion,
        ec2InstanceId,
        registeredAt,
        runningTasksCount,
        groups);
  }

  Machine known(@Nullable String version, @Nullable String id) {
    return new Machine(
        attributes, agentConnected, version, id, registeredAt, runningTasksCount, groups);
  }

  @Override
  public @Nullable String attribute(String name) {
    return attributes.get(name);
  }

  @Override
  public boolean hasTaskOf(Predicate<String> group) {
    return groups.stream().anyMatch(group);
  }
}
