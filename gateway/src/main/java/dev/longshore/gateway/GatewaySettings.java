package dev.longshore.gateway;

import dev.longshore.gateway.http.HttpSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a gateway uses its machine.
 *
 * @param eventLoops threads that carry traffic
 * @param connections open connections of clients, of all listeners; more are closed as they come
 * @param accessLogs where access logs are written; null for nowhere
 */
public record GatewaySettings(
    int eventLoops, int connections, HttpSettings http, @Nullable Path accessLogs) {
  /** A loop for each processor. */
  public static GatewaySettings usual() {
    return new GatewaySettings(
        Math.max(1, Runtime.getRuntime().availableProcessors()),
        65_536,
        HttpSettings.usual(),
        null);
  }

  public GatewaySettings withHttp(HttpSettings http) {
    return new GatewaySettings(eventLoops, connections, http, accessLogs);
  }

  public GatewaySettings withConnections(int connections) {
    return new GatewaySettings(eventLoops, connections, http, accessLogs);
  }

  public GatewaySettings withAccessLogs(Path accessLogs) {
    return new GatewaySettings(eventLoops, connections, http, accessLogs);
  }
}
