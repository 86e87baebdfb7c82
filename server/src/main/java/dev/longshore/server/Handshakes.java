package dev.longshore.server;

import dev.longshore.server.api.Authentication;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.http.Request;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of WebSocket upgrades, and that their senders may open sessions. */
final class Handshakes {
  private Handshakes() {}

  /** What is wrong with the upgrade's signature or its sender's rights; null for nothing. */
  static @Nullable String problem(
      Authentication authentication, Permissions permissions, Request upgrade) {
    // The action by whose name policies speak of each session.
    String action = upgrade.path().startsWith("/acs") ? "ecs:Poll" : "ecs:StartTelemetrySession";
    return switch (authentication.check(upgrade, "ecs")) {
      case Authentication.Known known ->
          permissions.allow(known.caller(), action)
              ? null
              : Permissions.denial(known.caller(), action);
      case Authentication.Unknown unknown -> unknown.refusal().message();
    };
  }
}
