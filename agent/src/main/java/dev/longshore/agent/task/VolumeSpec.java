package dev.longshore.agent.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A volume of a task.
 *
 * @param hostPath a directory of the host, bind-mounted; null when the engine keeps the volume
 * @param shared outlives the task and is called by its own name
 * @param autoprovision a shared volume is made when it does not exist
 */
public record VolumeSpec(
    String name,
    @Nullable String hostPath,
    boolean shared,
    boolean autoprovision,
    @Nullable String driver,
    Map<String, String> driverOptions,
    Map<String, String> labels) {}
