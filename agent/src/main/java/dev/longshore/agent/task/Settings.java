package dev.longshore.agent.task;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How this container instance runs its tasks.
 *
 * @param cluster the cluster as configured, a name or an ARN, sent verbatim
 * @param cpu CPU units to give away
 * @param memory MiB to give away
 * @param bindAddress the host address static and dynamic host ports are opened on; empty for all
 * @param firstDynamicPort lowest host port given to containers' port ranges
 * @param lastDynamicPort highest of them
 * @param taskEndpoint where containers reach the metadata endpoint, without a closing slash
 * @param labels put on every container and volume, to know our own again
 */
public record Settings(
    String cluster,
    int cpu,
    int memory,
    List<Integer> reservedPorts,
    List<Integer> reservedUdpPorts,
    String bindAddress,
    int firstDynamicPort,
    int lastDynamicPort,
    Duration stopTimeout,
    Duration cleanupWait,
    String taskEndpoint,
    Map<String, String> labels) {}
