package dev.longshore.agent.docker;

import java.util.List;

/** The engine's networks, named by id or name. */
public interface Networks {
  /** Makes a network and answers its id; {@code conflict()} when the name is in use. */
  String create(NetworkSpec spec);

  Network inspect(String id);

  void remove(String id);

  /** The networks that have all the given labels ({@code name} or {@code name=value}). */
  List<Network> list(List<String> labels);

  /** Joins a container, under further names in that network's DNS. */
  void connect(String id, String containerId, List<String> aliases);

  void disconnect(String id, String containerId, boolean force);
}
