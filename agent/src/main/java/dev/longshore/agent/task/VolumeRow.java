package dev.longshore.agent.task;

/**
 * A volume of a task.
 *
 * @param dockerName the engine's name of it; unused for a directory of the host
 * @param asked the engine is being asked to make or remove it
 */
public record VolumeRow(VolumeSpec spec, String dockerName, boolean ready, boolean asked) {
  VolumeRow withAsked(boolean now) {
    return new VolumeRow(spec, dockerName, ready, now);
  }

  VolumeRow withReady(boolean now) {
    return new VolumeRow(spec, dockerName, now, false);
  }

  /** What a bind names: the host's directory or the engine's volume. */
  String source() {
    return spec.hostPath() != null ? spec.hostPath() : dockerName;
  }

  /** Made for this task alone, so it goes when the task is cleaned up. */
  boolean removable() {
    return spec.hostPath() == null && !spec.shared();
  }
}
