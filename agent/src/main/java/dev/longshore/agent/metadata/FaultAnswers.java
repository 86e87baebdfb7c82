package dev.longshore.agent.metadata;

import dev.longshore.wire.json.Json;

/**
 * {@code /api/ID/fault/v1/FAULT/OPERATION}. This agent injects no faults, so to every task it says
 * what Amazon's says to tasks whose definition does not enable them.
 */
final class FaultAnswers {
  private final Registry registry;

  FaultAnswers(Registry registry) {
    this.registry = registry;
  }

  Reply answer(String endpointId, String body) {
    if (body.isBlank()) {
      return error(400, "required request body is missing");
    }
    return registry
        .byEndpoint(endpointId)
        .map(found -> error(400, notEnabled(found.task().arn())))
        .orElseGet(() -> error(404, "unable to lookup container: " + endpointId));
  }

  private static String notEnabled(String taskArn) {
    return "enableFaultInjection is not enabled for task: " + taskArn;
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, Json.fields().with("Error", Json.of(message)));
  }
}
