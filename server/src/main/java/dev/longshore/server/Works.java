package dev.longshore.server;

import dev.longshore.core.balancing.AddressPool;
import dev.longshore.core.identity.IdentityRoom;
import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Tables;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.operation.Operations;
import dev.longshore.core.operation.Place;
import dev.longshore.core.operation.Reconciler;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.service.ServiceSettings;
import dev.longshore.server.api.Api;
import dev.longshore.server.api.Audit;
import dev.longshore.server.api.Authentication;
import dev.longshore.server.api.EngineEndpoint;
import dev.longshore.server.api.Permissions;
import dev.longshore.server.api.ServedApi;
import dev.longshore.server.engine.Engine;
import dev.longshore.server.engine.EngineLimits;
import dev.longshore.server.fleet.Fleet;
import dev.longshore.server.fleet.FleetReports;
import dev.longshore.server.fleet.FleetSettings;
import dev.longshore.server.fleet.Home;
import dev.longshore.server.http.Request;
import dev.longshore.server.identity.PolicyPermissions;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.server.identity.TokenService;
import dev.longshore.server.log.Log;
import dev.longshore.server.simulated.SimulatedFleet;
import dev.longshore.shapes.iam.Iam;
import dev.longshore.shapes.ssm.Ssm;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The moving parts of a control plane, wired with each other and standing still: a process puts
 * threads and sockets to them, a simulation turns them by itself. So both have the same works.
 */
public final class Works {
  private final Authentication authentication;
  private final Audit audit;
  private final InstantSource clock;
  private final PolicyPermissions permissions;
  private final ServedApi sts;
  private final ServedApi iam;
  private final Engine engine;
  private final ServedApi ecs;
  private final ServedApi ecr;
  private final ServedApi secrets;
  private final ServedApi elbv2;
  private final ServedApi parameters;
  private final ServedApi keys;
  private final ServedApi own;
  private final FleetReports reports;
  private final Handshakes handshakes;
  private final Fleet fleet;

  /**
   * @param audit told of every call and session
   * @param sessions issues the keys of tasks' roles
   * @param vault seals what is secret in rows
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
      Audit audit,
      RoleSessions sessions,
      Vault vault,
      ServiceSettings services,
      FleetSettings sessionTimes,
      Supplier<String> agentsAddress,
      Consumer<Throwable> halted) {
    this.authentication = authentication;
    this.audit = audit;
    this.clock = clock;
    Operations operations = EcsOperations.all(services, agentsAddress);
    Operations repositories = EcrOperations.all(() -> registryAddress(agentsAddress.get()));
    List<Reconciler> reconcilers = new ArrayList<>(operations.reconcilers());
    reconcilers.addAll(repositories.reconcilers());
    Operations secretOperations = SecretOperations.all(vault, services.functions());
    reconcilers.addAll(secretOperations.reconcilers());
    Operations balancing = Elbv2Operations.all(AddressPool.USUAL);
    reconcilers.addAll(balancing.reconcilers());
    reconcilers.add(IdentityRoom.reconciler());
    Operations keyOperations = KeyOperations.all(vault);
    reconcilers.addAll(keyOperations.reconcilers());
    engine = new Engine(Tables.empty(), place, ids, EngineLimits.USUAL, reconcilers, log, halted);
    permissions = new PolicyPermissions(engine::state, place);
    sts = TokenService.served(sessions, engine::state, clock);
    iam = EngineEndpoint.served(Iam.MODEL, () -> IamOperations.all(vault), engine, place, clock);
    ecs = EngineEndpoint.served(operations, engine, place, clock);
    ecr = EngineEndpoint.served(repositories, engine, place, clock);
    secrets = EngineEndpoint.served(secretOperations, engine, place, clock);
    elbv2 = EngineEndpoint.served(balancing, engine, place, clock);
    keys = EngineEndpoint.served(keyOperations, engine, place, clock);
    parameters =
        EngineEndpoint.served(
            Ssm.MODEL, () -> ParameterOperations.all(vault), engine, place, clock);
    own = EngineEndpoint.served(OwnOperations.all(), engine, place, clock);
    reports = new EngineReports(engine, Caller.root(place.accountId()));
    handshakes = new Handshakes(authentication, permissions, engine::state, clock, audit);
    fleet =
        new Fleet(
            new Home(place, agentsAddress),
            sessionTimes,
            reports,
            sessions,
            engine::state,
            clock,
            ids,
            handshakes::agents,
            Works::hasAgent);
    engine.watch(permissions);
    engine.watch(fleet);
  }

  /** Docker takes a registry on a loopback address without TLS, and knows it by host and port. */
  static String registryAddress(String agentsAddress) {
    return URI.create(agentsAddress).getAuthority();
  }

  /** Told of every call and session. */
  Audit audit() {
    return audit;
  }

  private static boolean hasAgent(ContainerInstance instance) {
    return instance.attribute(SimulatedFleet.MARK) == null;
  }

  /** Decides; to be opened before its first turn, and watched before that. */
  public Engine engine() {
    return engine;
  }

  /** What callers may do. */
  Permissions permissions() {
    return permissions;
  }

  /** What is wrong with somebody who wants to follow routes; null for nothing. */
  @Nullable String feedProblem(Request upgrade) {
    return handshakes.feeds(upgrade);
  }

  /** The agents' sessions. */
  public Fleet fleet() {
    return fleet;
  }

  /** The API of ECS as others in this process may call it. */
  public ServedApi ecs() {
    return ecs;
  }

  /** The actions of ECR that need no blob's bytes. */
  ServedApi ecr() {
    return ecr;
  }

  /** Longshore's own API; it takes its time. */
  ServedApi own() {
    return own;
  }

  /**
   * The APIs as they are served on a socket.
   *
   * @param bodyLimit bytes that a compressed body may have once it is inflated
   * @param more those of other parts of the process
   */
  public Api api(int bodyLimit, ServedApi... more) {
    List<ServedApi> apis =
        new ArrayList<>(List.of(ecs, sts, iam, secrets, elbv2, parameters, keys));
    apis.addAll(List.of(more));
    return new Api(apis, authentication, permissions, audit, clock, bodyLimit, engine::leading);
  }

  FleetReports reports() {
    return reports;
  }
}
