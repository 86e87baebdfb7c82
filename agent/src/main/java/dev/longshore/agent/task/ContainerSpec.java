package dev.longshore.agent.task;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A container as its task's payload describes it.
 *
 * @param cpu CPU units (1024 are one core), used as weight
 * @param memory MiB, the hard limit; 0 for none
 * @param memoryReservation MiB, the soft limit found in the host configuration; 0 for none
 * @param dependencies what must happen first, links and volumesFrom included
 * @param startTimeout seconds others wait for this one; 0 for no limit
 * @param stopTimeout seconds from SIGTERM to SIGKILL; 0 for the instance's setting
 * @param secrets where values come from that are fetched before the container is made
 * @param environmentFiles ARNs of objects in S3; of a name in several files the first counts
 */
public record ContainerSpec(
    String name,
    String image,
    boolean essential,
    List<String> command,
    List<String> entryPoint,
    Map<String, String> environment,
    int cpu,
    int memory,
    int memoryReservation,
    List<PortMapping> portMappings,
    List<Link> links,
    List<VolumeFrom> volumesFrom,
    List<MountPoint> mountPoints,
    List<Dependency> dependencies,
    int startTimeout,
    int stopTimeout,
    @Nullable String config,
    @Nullable String hostConfig,
    boolean healthChecked,
    @Nullable RegistryAuthentication registryAuthentication,
    @Nullable RestartPolicy restartPolicy,
    @Nullable String logsAuthStrategy,
    @Nullable String containerArn,
    List<Secret> secrets,
    List<String> environmentFiles) {

  /**
   * Ports a container opens: one, or a range when {@code last} is above {@code first}.
   *
   * @param hostPort 0 to have one picked
   */
  public record PortMapping(int first, int last, int hostPort, String protocol) {
    public boolean isRange() {
      return last > first;
    }
  }

  /** Another container of the task by the name this one calls it. */
  public record Link(String container, String alias) {}

  /** All volumes of another container. */
  public record VolumeFrom(String container, boolean readOnly) {}

  /** A volume of the task at a place of the container. */
  public record MountPoint(String volume, String path, boolean readOnly) {}

  /** The other container must have met the condition before this one's image is pulled. */
  public record Dependency(String container, Condition condition) {}

  /** CREATE is what volumesFrom implies; a payload names only the other four. */
  public enum Condition {
    CREATE,
    START,
    COMPLETE,
    SUCCESS,
    HEALTHY
  }

  /** Whether anything must be fetched before the container can be made. */
  public boolean needsSecrets() {
    return !secrets.isEmpty() || !environmentFiles.isEmpty() || registrySecret() != null;
  }

  /** The log driver's options whose values are secrets. */
  List<String> secretLogOptions() {
    return secrets.stream().filter(Secret::logOption).map(Secret::name).toList();
  }

  /** The secret that holds the registry's password; null where none does. */
  public @Nullable String registrySecret() {
    RegistryAuthentication authentication = registryAuthentication;
    return authentication != null && authentication.type().equals("asm")
        ? authentication.data().get("credentialsParameter")
        : null;
  }

  /**
   * A value that stands elsewhere; never the value.
   *
   * @param name of the variable or of the log driver's option
   * @param valueFrom a name or an ARN
   * @param provider {@code asm} or {@code ssm}
   * @param logOption whether the log driver is to have it rather than the environment
   */
  public record Secret(
      String name, String valueFrom, String region, String provider, boolean logOption) {}

  /** Where the registry's password comes from: type {@code ecr} or {@code asm}. */
  public record RegistryAuthentication(String type, Map<String, String> data) {}

  /**
   * @param attemptPeriod seconds a run must have lasted for the next restart
   */
  public record RestartPolicy(boolean enabled, List<Integer> ignoredExitCodes, int attemptPeriod) {}
}
