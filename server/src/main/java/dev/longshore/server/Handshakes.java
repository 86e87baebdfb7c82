package dev.longshore.server;

import dev.longshore.core.operation.Circumstances;
import dev.longshore.core.operation.Need;
import dev.longshore.server.api.Authentication;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.http.Request;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of WebSocket upgrades, and that their senders may open sessions. */
final class Handshakes {
  private Handshakes() {}

  /** What is wrong with the upgrade's signature or its sender's rights; null for nothing. */
  static @Nullable String problem(
      Authentication authentication,
      Permissions permissions,
      InstantSource clock,
      Request upgrade) {
    // The action by whose name policies speak of each session.
    String action = upgrade.path().startsWith("/acs") ? "ecs:Poll" : "ecs:StartTelemetrySession";
    return switch (authentication.check(upgrade, "ecs")) {
      case Authentication.Known known ->
          permissions.denial(
              known.caller(),
              Need.of(action, Need.EVERYTHING),
              Circumstances.within(clock.instant()));
      case Authentication.Unknown unknown -> unknown.refusal().message();
    };
  }
}
