package dev.longshore.server.http;

import java.util.concurrent.CompletionStage;

/** Answers the requests that are no WebSocket upgrades. */
@FunctionalInterface
public interface HttpRoute {
  /**
   * Whether a request's body is handed over as it arrives ({@link Request#stream()}) rather than
   * whole. Asked on an event loop once the head is read.
   *
   * @param target path and query as sent
   */
  default boolean streams(String method, String target) {
    return false;
  }

  /**
   * Called on an event loop, so it must not block: what waits for the log returns a stage that
   * another thread completes, what reckons long hands itself to another thread. A stage that fails,
   * or a throw, is answered with 500 and logged: routes turn the caller's faults into responses.
   */
  CompletionStage<Response> answer(Request request);
}
