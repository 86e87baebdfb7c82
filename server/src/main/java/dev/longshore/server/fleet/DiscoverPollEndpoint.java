package dev.longshore.server.fleet;

import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DiscoverPollEndpointRequest;
import dev.longshore.shapes.ecs.DiscoverPollEndpointResponse;
import java.util.function.Supplier;

/** Tells an agent where to open its two sessions. Agents append {@code ws?…} themselves. */
public final class DiscoverPollEndpoint
    implements Query<DiscoverPollEndpointRequest, DiscoverPollEndpointResponse> {
  private final Supplier<String> endpoint;

  /**
   * @param endpoint this server's address for agents, such as {@code http://127.0.0.1:4566}; agents
   *     reject {@code ws} addresses
   */
  public DiscoverPollEndpoint(Supplier<String> endpoint) {
    this.endpoint = endpoint;
  }

  @Override
  public DiscoverPollEndpointResponse answer(
      View view, DiscoverPollEndpointRequest request, Context context) {
    return DiscoverPollEndpointResponse.builder()
        .endpoint(endpoint.get() + "/acs/")
        .telemetryEndpoint(endpoint.get() + "/tcs/")
        .build();
  }
}
