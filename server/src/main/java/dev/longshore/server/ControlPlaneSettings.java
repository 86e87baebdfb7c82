package dev.longshore.server;

import dev.longshore.core.operation.Place;
import dev.longshore.server.fleet.FleetSettings;
import dev.longshore.server.log.RaftLogConfig;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * How a control plane is to run.
 *
 * @param dataDirectory where the log, its snapshots and the root key stand
 * @param snapshotAfter bytes of the log after which a snapshot replaces them
 * @param host the address to listen on; loopback unless the operator says otherwise
 * @param port the port of the API; 0 takes a free one
 * @param advertised the address that agents are told to connect to; null for the one listened on
 * @param tls how the port speaks TLS; null for HTTP as it is
 * @param authenticate false believes every caller to be root
 * @param simulatedInstances how many container instances to pretend
 * @param fleet the times of agents' sessions
 * @param healthyAfter how long a task without health checks runs before it counts as healthy
 * @param registry how its registry runs
 * @param carriesTraffic whether load balancers' traffic goes through this process
 * @param functions the address of who runs functions, without a path; null for nobody
 */
public record ControlPlaneSettings(
    Path dataDirectory,
    long snapshotAfter,
    String host,
    int port,
    @Nullable String advertised,
    @Nullable TlsSettings tls,
    boolean authenticate,
    int simulatedInstances,
    FleetSettings fleet,
    Duration healthyAfter,
    RegistrySettings registry,
    Place place,
    boolean carriesTraffic,
    @Nullable URI functions) {
  /** A control plane on loopback. */
  public static ControlPlaneSettings local(Path dataDirectory, int port) {
    return new ControlPlaneSettings(
        dataDirectory,
        RaftLogConfig.SNAPSHOT_AFTER_BYTES,
        "127.0.0.1",
        port,
        null,
        null,
        true,
        0,
        FleetSettings.USUAL,
        Duration.ZERO,
        RegistrySettings.USUAL,
        new Place("aws", ControlPlane.REGION, ControlPlane.ACCOUNT),
        true,
        null);
  }

  public ControlPlaneSettings withAuthentication(boolean wanted) {
    return with(next -> next.authenticate = wanted);
  }

  public ControlPlaneSettings withSimulatedInstances(int count) {
    return with(next -> next.simulatedInstances = count);
  }

  /** Listens on that address and sends agents to the other one. */
  public ControlPlaneSettings withAddress(String newHost, @Nullable String newAdvertised) {
    return with(next -> {
      next.host = newHost;
      next.advertised = newAdvertised;
    });
  }

  /** Counts a task without health checks as healthy once it has run for so long; AWS: 40 s. */
  public ControlPlaneSettings withHealthyAfter(Duration time) {
    return with(next -> next.healthyAfter = time);
  }

  /** Keeps agents' sessions by other times than the usual ones. */
  public ControlPlaneSettings withFleet(FleetSettings times) {
    return with(next -> next.fleet = times);
  }

  /** Gives tasks keys of their roles that live so long. */
  public ControlPlaneSettings withRoleLife(Duration time) {
    return withFleet(fleet.withRoleLife(time));
  }

  /** Takes a snapshot of all rows once the log has grown by so many bytes. */
  public ControlPlaneSettings withSnapshotAfter(long bytes) {
    return with(next -> next.snapshotAfter = bytes);
  }

  /** Runs its registry in another way than the usual one. */
  public ControlPlaneSettings withRegistry(RegistrySettings value) {
    return with(next -> next.registry = value);
  }

  /** Is of that region and account. */
  public ControlPlaneSettings withPlace(Place value) {
    return with(next -> next.place = value);
  }

  /** Has deployments ask functions that somebody else runs, at that address without a path. */
  public ControlPlaneSettings withFunctions(@Nullable URI address) {
    return with(next -> next.functions = address);
  }

  /** Carries load balancers' traffic in this process, or leaves it to gateways by themselves. */
  public ControlPlaneSettings withTraffic(boolean carried) {
    return with(next -> next.carriesTraffic = carried);
  }

  /** Speaks TLS on its port. */
  public ControlPlaneSettings withTls(@Nullable TlsSettings value) {
    return with(next -> next.tls = value);
  }

  private ControlPlaneSettings with(Consumer<Editor> change) {
    Editor next = new Editor(this);
    change.accept(next);
    return next.build();
  }

  /** Says each component once for all that change one of them. */
  private static final class Editor {
    private final Path dataDirectory;
    private long snapshotAfter;
    private String host;
    private final int port;
    private @Nullable String advertised;
    private @Nullable TlsSettings tls;
    private boolean authenticate;
    private int simulatedInstances;
    private FleetSettings fleet;
    private Duration healthyAfter;
    private RegistrySettings registry;
    private Place place;
    private boolean carriesTraffic;
    private @Nullable URI functions;

    Editor(ControlPlaneSettings from) {
      dataDirectory = from.dataDirectory;
      snapshotAfter = from.snapshotAfter;
      host = from.host;
      port = from.port;
      advertised = from.advertised;
      tls = from.tls;
      authenticate = from.authenticate;
      simulatedInstances = from.simulatedInstances;
      fleet = from.fleet;
      healthyAfter = from.healthyAfter;
      registry = from.registry;
      place = from.place;
      carriesTraffic = from.carriesTraffic;
      functions = from.functions;
    }

    ControlPlaneSettings build() {
      return new ControlPlaneSettings(
          dataDirectory,
          snapshotAfter,
          host,
          port,
          advertised,
          tls,
          authenticate,
          simulatedInstances,
          fleet,
          healthyAfter,
          registry,
          place,
          carriesTraffic,
          functions);
    }
  }
}
