package dev.longshore.agent;

import dev.longshore.agent.docker.RegistryCredentials;
import dev.longshore.wire.signature.Credentials;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How an agent is set up. Everything comes from variables named as for Amazon's agent; what only
 * this one knows starts with {@code LONGSHORE_}. See {@link AgentVariables} for the names.
 *
 * @param name tells the agents of one process apart in logs
 * @param dataDir where the agent keeps what it must not forget; its own alone
 * @param credentials null if none are given
 * @param instanceProfile hands out the role that the agent acts with, in exchange for the
 *     credentials; empty to act with those themselves
 * @param availabilityZone sent as attribute {@code ecs.availability-zone}; empty to leave it to the
 *     control plane
 * @param bindAddress host address for containers' ports; empty for all addresses
 * @param cpu CPU units to register, 0 for the whole machine
 * @param memory MiB to register before the reserve is taken off, 0 for the whole machine
 * @param taskEndpoint where containers reach the task metadata endpoint
 * @param registries credentials by registry host
 * @param endpoints where other services than ECS are, by their signing name; those that are not
 *     named here are at {@code endpoint}
 */
public record AgentConfig(
    String name,
    Path dataDir,
    String cluster,
    URI endpoint,
    String region,
    @Nullable Credentials credentials,
    String instanceProfile,
    @Nullable Path trustedCertificates,
    boolean external,
    String availabilityZone,
    Map<String, String> attributes,
    Map<String, String> tags,
    int cpu,
    int memory,
    int reservedMemory,
    List<Integer> reservedPorts,
    List<Integer> reservedUdpPorts,
    String bindAddress,
    int firstDynamicPort,
    int lastDynamicPort,
    List<String> loggingDrivers,
    boolean privilegedDisabled,
    boolean taskRoles,
    boolean metricsDisabled,
    String pullBehavior,
    Map<String, RegistryCredentials> registries,
    Duration pullTimeout,
    Duration pullInactivityTimeout,
    Duration createTimeout,
    Duration startTimeout,
    Duration stopTimeout,
    Duration cleanupWait,
    String taskEndpoint,
    Map<String, URI> endpoints) {

  /**
   * Reads the variables; those of the process's environment come before those of the files.
   *
   * @throws IllegalArgumentException naming the variable that makes no sense
   */
  public static AgentConfig of(Map<String, String> variables) {
    return new AgentVariables(variables).config();
  }
}
