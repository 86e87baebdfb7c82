package dev.longshore.core.cluster;

import dev.longshore.shapes.ecs.ClusterConfiguration;
import dev.longshore.shapes.ecs.ExecuteCommandConfiguration;
import dev.longshore.shapes.ecs.ExecuteCommandLogging;
import dev.longshore.shapes.ecs.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The configuration of a cluster: ExecuteCommand's log and the keys of managed storage. */
final class ClusterConfigurations {
  private ClusterConfigurations() {}

  /**
   * Checks a request's configuration.
   *
   * @throws InvalidParameterException OVERRIDE names no log to write to
   */
  static @Nullable ClusterConfiguration checked(@Nullable ClusterConfiguration configuration) {
    ExecuteCommandConfiguration exec =
        configuration == null ? null : configuration.executeCommandConfiguration();
    if (exec != null
        && ExecuteCommandLogging.OVERRIDE.equals(exec.logging())
        && exec.logConfiguration() == null) {
      throw new InvalidParameterException(
          "logConfiguration must be specified when logging is OVERRIDE.");
    }
    return configuration;
  }
}
