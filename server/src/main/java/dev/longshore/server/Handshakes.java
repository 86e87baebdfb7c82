package dev.longshore.server;

import dev.longshore.server.api.Authentication;
import dev.longshore.server.http.Request;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of WebSocket upgrades. */
final class Handshakes {
  private Handshakes() {}

  /** What is wrong with the upgrade's signature; null for nothing. */
  static @Nullable String problem(Authentication authentication, Request upgrade) {
    return switch (authentication.check(upgrade, "ecs")) {
      case Authentication.Known known -> null;
      case Authentication.Unknown unknown -> unknown.refusal().message();
    };
  }
}
