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

  /**
   * What is wrong with the upgrade's signature or its sender's rights; null for nothing.
   *
   * @param service for which it is to be signed
   * @param action of that service, by whose name policies speak of such a session
   */
  static @Nullable String problem(
      Authentication authentication,
      Permissions permissions,
      InstantSource clock,
      Request upgrade,
      String service,
      String action) {
    return switch (authentication.check(upgrade, service)) {
      case Authentication.Known known ->
          permissions.denial(
              known.caller(),
              Need.of(service + ':' + action, Need.EVERYTHING),
              Circumstances.within(clock.instant()));
      case Authentication.Unknown unknown -> unknown.refusal().message();
    };
  }
}
