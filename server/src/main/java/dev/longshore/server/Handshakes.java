package dev.longshore.server;

import dev.longshore.core.access.EcsNeeds;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Need;
import dev.longshore.core.state.State;
import dev.longshore.gateway.feed.FeedSettings;
import dev.longshore.server.api.Audit;
import dev.longshore.server.api.Authentication;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.api.Trail;
import dev.longshore.server.http.Request;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Checks the signatures of WebSocket upgrades, and that their senders may open sessions. */
final class Handshakes {
  private final Authentication authentication;
  private final Permissions permissions;
  private final Supplier<State> state;
  private final InstantSource clock;
  private final Audit audit;

  Handshakes(
      Authentication authentication,
      Permissions permissions,
      Supplier<State> state,
      InstantSource clock,
      Audit audit) {
    this.authentication = authentication;
    this.permissions = permissions;
    this.state = state;
    this.clock = clock;
    this.audit = audit;
  }

  /**
   * What is wrong with an agent's upgrade or its sender's rights; null for nothing.
   *
   * @param instanceArn whose session it is to be, as the sender says
   */
  @Nullable String agents(Request upgrade, String instanceArn) {
    // The action by whose name policies speak of each session.
    String action = upgrade.path().startsWith("/acs") ? "ecs:Poll" : "ecs:StartTelemetrySession";
    return problem(upgrade, "ecs", EcsNeeds.session(action, instanceArn, state.get()));
  }

  /** What is wrong with somebody who wants to follow routes; null for nothing. */
  @Nullable String feeds(Request upgrade) {
    String action = FeedSettings.SERVICE + ":FollowRoutes";
    return problem(upgrade, FeedSettings.SERVICE, Need.of(action, Need.EVERYTHING));
  }

  private @Nullable String problem(Request upgrade, String service, Need need) {
    Trail trail = new Trail(upgrade);
    trail.asks(need.action());
    trail.needs(List.of(need));
    String problem =
        switch (authentication.check(upgrade, service)) {
          case Authentication.Known known -> denial(trail, known.caller(), need);
          case Authentication.Unknown unknown -> unknown.refusal().message();
        };
    audit.record(trail.entry(clock.instant(), problem == null ? null : "AccessDeniedException"));
    return problem;
  }

  private @Nullable String denial(Trail trail, Caller caller, Need need) {
    trail.knows(caller);
    String denial = permissions.denial(caller, need, trail.circumstances(clock.instant()));
    if (denial == null) {
      trail.passes();
    }
    return denial;
  }
}
