package dev.longshore.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.longshore.agent.Agent;
import dev.longshore.agent.AgentConfig;
import dev.longshore.agent.AgentHost;
import dev.longshore.agent.KeySource;
import dev.longshore.agent.KeysRefusedException;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.server.ControlPlane;
import dev.longshore.shapes.ServiceException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Container instances of this machine, in this process: each with an agent, an availability zone, a
 * directory, a loopback address for its host ports, and its share of the memory. CPU units are not
 * divided, for they are weights and not limits. A share stays what it was at the first start: a
 * container instance that comes back with less than it has registered would be refused.
 */
final class LocalInstances {
  private static final List<String> ZONES = List.of("a", "b", "c");
  private static final long START_SECONDS = 60;
  private static final long MIB = 1024L * 1024;
  private static final String SHARE = "memory";

  private final AgentHost host;
  private final TaskEndpoint endpoints;
  private final List<Agent> agents;

  private LocalInstances(AgentHost host, TaskEndpoint endpoints, List<Agent> agents) {
    this.host = host;
    this.endpoints = endpoints;
    this.agents = agents;
  }

  /**
   * Starts agents; they have joined the cluster {@code default} when this returns.
   *
   * @param trusted the certificates that the control plane's is held against, or null for Java's
   */
  static LocalInstances start(
      ControlPlane controlPlane, Path dataDirectory, int count, @Nullable Path trusted)
      throws IOException, InterruptedException {
    TaskEndpoint endpoints = TaskEndpoint.start(dataDirectory.resolve("instances"));
    EngineAddress engine = EngineAddress.parse(System.getenv("DOCKER_HOST"));
    AgentHost host = AgentHost.open(engine, endpoints.server(), trusted);
    List<Agent> agents = new ArrayList<>();
    LocalInstances instances = new LocalInstances(host, endpoints, agents);
    for (int number = 1; number <= count; number++) {
      Path directory = dataDirectory.resolve("instances").resolve(Integer.toString(number));
      Map<String, String> variables = variables(controlPlane, directory, number, count);
      variables.put("LONGSHORE_TASK_ENDPOINT", endpoints.baseUrl());
      KeySource keys = keys(controlPlane, name(number));
      agents.add(Agent.start(AgentConfig.of(variables), host, keys));
    }
    for (Agent agent : agents) {
      instances.awaitConnected(agent);
    }
    return instances;
  }

  private static String name(int number) {
    return "instance-" + number;
  }

  private static KeySource keys(ControlPlane controlPlane, String name) {
    return () -> {
      try {
        return controlPlane.instanceKeys(name);
      } catch (ServiceException e) {
        throw new KeysRefusedException(e.code() + ": " + e.getMessage(), e);
      }
    };
  }

  private static Map<String, String> variables(
      ControlPlane controlPlane, Path directory, int number, int count) throws IOException {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("LONGSHORE_AGENT_NAME", name(number));
    variables.put("ECS_DATADIR", directory.toString());
    variables.put("ECS_CLUSTER", "default");
    variables.put("ECS_BACKEND_HOST", controlPlane.endpoint().toString());
    variables.put("AWS_DEFAULT_REGION", ControlPlane.REGION);
    variables.put("LONGSHORE_AVAILABILITY_ZONE", zone(number));
    variables.put("LONGSHORE_BIND_ADDRESS", address(number));
    variables.put("LONGSHORE_MEMORY", memoryShare(directory, machineMemory() / MIB / count));
    String s3 = System.getenv("AWS_ENDPOINT_URL_S3");
    if (s3 != null) {
      variables.put("AWS_ENDPOINT_URL_S3", s3);
    }
    // Images are built on this machine as often as they are pulled.
    variables.put("ECS_IMAGE_PULL_BEHAVIOR", "prefer-cached");
    return variables;
  }

  /** The MiB that the instance of this directory has had since its first start. */
  static String memoryShare(Path directory, long atFirst) throws IOException {
    Path file = directory.resolve(SHARE);
    if (Files.exists(file)) {
      return Files.readString(file).strip();
    }
    Files.createDirectories(directory);
    Path written = Files.writeString(directory.resolve(SHARE + ".new"), Long.toString(atFirst));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
    return Long.toString(atFirst);
  }

  private static String zone(int number) {
    return ControlPlane.REGION + ZONES.get((number - 1) % ZONES.size());
  }

  /** Where the host ports of that instance are: 127.0.1.1 for the first. */
  private static String address(int number) {
    return "127.0." + (1 + number / 255) + "." + (number % 255);
  }

  private static long machineMemory() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
  }

  private void awaitConnected(Agent agent) throws InterruptedException {
    CompletableFuture<Object> outcome = CompletableFuture.anyOf(agent.connected(), agent.ended());
    try {
      outcome.get(START_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      stop(true);
      throw new IllegalStateException(
          "a container instance did not join within "
              + START_SECONDS
              + " s; is a container"
              + " engine running?",
          e);
    } catch (ExecutionException e) {
      stop(true);
      throw new IllegalStateException("a container instance failed to start", e.getCause());
    }
    if (agent.ended().isDone()) {
      stop(true);
      throw new IllegalStateException("a container instance could not start; see the log");
    }
  }

  /** Ends the agents, all at once. */
  void stop(boolean keepContainers) throws InterruptedException {
    List<Thread> ending = new ArrayList<>();
    for (Agent agent : agents) {
      ending.add(
          Thread.ofVirtual()
              .start(() -> {
                try {
                  agent.stop(keepContainers);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    for (Thread thread : ending) {
      thread.join();
    }
    host.close();
    endpoints.close();
  }
}
