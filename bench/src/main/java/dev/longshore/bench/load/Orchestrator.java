package dev.longshore.bench.load;

import java.io.IOException;
import java.util.List;

/** Who keeps the containers of one service running: Longshore, or a peer. */
interface Orchestrator extends AutoCloseable {
  /** A container of the service that its orchestrator calls running, and wants to be so. */
  record Target(String container, String host, int port) {}

  String name();

  /** A label, {@code name=value}, that the service's containers have and no others. */
  String label();

  /** Starts a rolling update to another version of the same containers, and does not wait. */
  void update(int version) throws IOException;

  /** What its API tells to be running; one thread asks at a time. */
  List<Target> running() throws IOException;

  /** Removes the service and waits until its containers are gone. */
  @Override
  void close() throws IOException;
}
