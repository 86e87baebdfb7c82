package dev.longshore.agent.metadata;

import org.jspecify.annotations.Nullable;

/**
 * What the documents say of the container instance.
 *
 * @param cluster short name, as configured
 * @param containerInstanceArn null before the instance has registered
 * @param launchType for tasks that name none: "EC2" or "EXTERNAL"
 * @param version of the agent, for introspection
 */
public record InstanceFacts(
    String cluster,
    @Nullable String containerInstanceArn,
    @Nullable String availabilityZone,
    @Nullable String vpcId,
    String launchType,
    String version) {}
