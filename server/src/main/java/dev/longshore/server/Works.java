package dev.longshore.server;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Tables;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Place;
import dev.longshore.core.service.ServiceSettings;
import dev.longshore.server.api.Api;
import dev.longshore.server.api.Authentication;
import dev.longshore.server.api.EngineEndpoint;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.engine.Engine;
import dev.longshore.server.engine.EngineLimits;
import dev.longshore.server.fleet.Fleet;
import dev.longshore.server.fleet.FleetReports;
import dev.longshore.server.fleet.FleetSettings;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.server.identity.TokenService;
import dev.longshore.server.log.Log;
import dev.longshore.server.simulated.SimulatedFleet;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The moving parts of a control plane, wired with each other and standing still: a process puts
 * threads and sockets to them, a simulation turns them by itself. So both have the same works.
 */
public final class Works {
  private final Authentication authentication;
  private final Permissions permissions = Permissions.WITHOUT_POLICIES;
  private final ServedApi sts;
  private final Engine engine;
  private final ServedApi ecs;
  private final FleetReports reports;
  private final Fleet fleet;

  /**
   * @param sessions issues the keys of tasks' roles
   * @param services how patient services are
   * @param sessionTimes how patient agents' sessions are
   * @param agentsAddress where agents are told to connect
   * @param halted told when the log stopped for good: the process should end
   */
  public Works(
      Place place,
      Ids ids,
      InstantSource clock,
      Log log,
      Authentication authentication,
      RoleSessions sessions,
      ServiceSettings services,
      FleetSettings sessionTimes,
      Supplier<String> agentsAddress,
      Consumer<Throwable> halted) {
    this.authentication = authentication;
    sts = TokenService.served(sessions);
    Operations operations = EcsOperations.all(services, agentsAddress);
    engine =
        new Engine(
            Tables.empty(), place, ids, EngineLimits.USUAL, operations.reconcilers(), log, halted);
    ecs = EngineEndpoint.served(operations, engine, place, clock);
    reports = new EngineReports(engine, Caller.root(place.accountId()));
    fleet =
        new Fleet(
            place.region(),
            sessionTimes,
            reports,
            sessions,
            engine::state,
            clock,
            ids,
            upgrade -> Handshakes.problem(authentication, permissions, upgrade),
            Works::hasAgent);
    engine.watch(fleet);
  }

  private static boolean hasAgent(ContainerInstance instance) {
    return instance.attribute(SimulatedFleet.MARK) == null;
  }

  /** Decides; to be opened before its first turn, and watched before that. */
  public Engine engine() {
    return engine;
  }

  /** The agents' sessions. */
  public Fleet fleet() {
    return fleet;
  }

  /** The API of ECS as others in this process may call it. */
  public ServedApi ecs() {
    return ecs;
  }

  /**
   * Every API as it is served on a socket.
   *
   * @param bodyLimit bytes that a compressed body may have once it is inflated
   */
  public Api api(int bodyLimit) {
    return new Api(List.of(ecs, sts), authentication, permissions, bodyLimit, engine::leading);
  }

  FleetReports reports() {
    return reports;
  }
}
