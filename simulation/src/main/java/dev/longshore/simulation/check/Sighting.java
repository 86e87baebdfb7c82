package dev.longshore.simulation.check;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A container's process that runs now, seen by somebody who needs no agent to see it.
 *
 * @param instanceArn what the machine was last registered as; null if it never was
 * @param hostPorts protocol and number of every port it holds open
 */
public record Sighting(
    String machine,
    @Nullable String instanceArn,
    String taskArn,
    String container,
    String dockerId,
    List<String> hostPorts) {}
