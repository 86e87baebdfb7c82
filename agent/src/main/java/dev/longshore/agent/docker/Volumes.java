package dev.longshore.agent.docker;

import java.util.List;
import java.util.Map;

/** The engine's named volumes. */
public interface Volumes {
  /** Makes a volume; one of that name and driver which exists already is answered as it is. */
  Volume create(
      String name, String driver, Map<String, String> options, Map<String, String> labels);

  Volume inspect(String name);

  /** Removes it; {@code conflict()} while a container, even a stopped one, uses it. */
  void remove(String name, boolean force);

  /** The volumes that have all the given labels ({@code name} or {@code name=value}). */
  List<Volume> list(List<String> labels);
}
