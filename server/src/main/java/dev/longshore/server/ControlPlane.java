package dev.longshore.server;

import static java.util.Objects.requireNonNull;

import dev.longshore.core.identity.ReportKeyUse;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Place;
import dev.longshore.core.operation.Vault;
import dev.longshore.core.service.ServiceSettings;
import dev.longshore.core.state.State;
import dev.longshore.gateway.feed.FeedSettings;
import dev.longshore.server.api.Authentication;
import dev.longshore.server.api.Principal;
import dev.longshore.server.audit.AuditFiles;
import dev.longshore.server.balancing.Balancing;
import dev.longshore.server.balancing.CertificateFiles;
import dev.longshore.server.balancing.Certificates;
import dev.longshore.server.engine.Engine;
import dev.longshore.server.engine.RunningEngine;
import dev.longshore.server.fleet.Fleet;
import dev.longshore.server.fleet.RunningFleet;
import dev.longshore.server.function.Functions;
import dev.longshore.server.http.HttpServer;
import dev.longshore.server.http.HttpSettings;
import dev.longshore.server.http.HttpSettings.Limits;
import dev.longshore.server.http.Request;
import dev.longshore.server.http.Tls;
import dev.longshore.server.identity.InstanceSessions;
import dev.longshore.server.identity.KeyHolders;
import dev.longshore.server.identity.KeyUses;
import dev.longshore.server.identity.PemCertificates;
import dev.longshore.server.identity.RoleSessions;
import dev.longshore.server.log.RaftLog;
import dev.longshore.server.log.RaftLogConfig;
import dev.longshore.server.metric.MetricStore;
import dev.longshore.server.metric.MetricText;
import dev.longshore.server.metric.RecentMetrics;
import dev.longshore.server.simulated.SimulatedFleet;
import dev.longshore.server.vault.SealingVault;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Shape;
import dev.longshore.shapes.ecs.CreateClusterRequest;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One control plane, put together: this is where to read what is connected with what. */
public final class ControlPlane implements AutoCloseable {
  /** The region of a control plane that was not told another. */
  public static final String REGION = "us-east-1";

  /** The account of a control plane that was not told another. */
  public static final String ACCOUNT = "123456789012";

  /** The instance profile that an account begins with. */
  public static final String INSTANCE_PROFILE = "ecsInstanceRole";

  /** ECR's parts of layers have up to 20 MiB, a third more as base64. */
  private static final int LAYER_PART = 29 << 20;

  /** The audit log takes at most 128 MiB of the disk. */
  private static final long AUDIT_BYTES = 16L << 20;

  private static final int AUDIT_FILES = 8;

  /** How long a function is left alone that could not be reached. */
  private static final Duration FUNCTION_PAUSE = Duration.ofSeconds(1);

  private final ControlPlaneSettings settings;
  private final Credentials rootKeys;
  private final Caller root;
  private final InstantSource clock = Clock.systemUTC();
  private final RaftLog log;
  private final Vault vault;
  private final AuditFiles audit;
  private final Works works;
  private final RunningFleet fleet;
  private final SimulatedFleet simulated;
  private final Waits waits = new Waits();
  private final MetricStore metrics = new RecentMetrics();
  private final Balancing balancing;
  private final RunningRegistry registry;
  private final Functions functions;
  private final Previews previews;
  private final InstanceSessions instances;
  private final HttpServer http;
  private final RunningEngine running;

  private ControlPlane(ControlPlaneSettings settings, Consumer<Throwable> halted)
      throws IOException {
    this.settings = settings;
    Place place = settings.place();
    root = Caller.root(place.accountId());
    rootKeys = RootKeys.of(settings.dataDirectory());
    Files.createDirectories(settings.dataDirectory());
    RoleSessions sessions = new RoleSessions(SessionKey.of(settings.dataDirectory()), place);
    vault = new SealingVault(VaultKeys.of(settings.dataDirectory()), new SecureRandom());
    audit = AuditFiles.in(settings.dataDirectory().resolve("audit"), AUDIT_BYTES, AUDIT_FILES);
    log =
        new RaftLog(
            RaftLogConfig.alone(settings.dataDirectory().resolve("log"))
                .withSnapshotAfter(settings.snapshotAfter()));
    works =
        new Works(
            place,
            new SecureIds(),
            clock,
            log,
            authentication(sessions),
            audit,
            sessions,
            vault,
            ServiceSettings.USUAL
                .withSettling(settings.healthyAfter())
                .withFunctions(settings.functions() != null),
            settings.fleet(),
            this::agentsAddress,
            halted);
    Engine engine = works.engine();
    simulated = new SimulatedFleet(works.ecs(), works.reports(), engine::state, root, "default");
    engine.watch(simulated);
    engine.watch(waits);
    balancing =
        Balancing.start(
            new BalancingFindings(engine, root),
            new Certificates(
                vault,
                new CertificateFiles(
                    settings.dataDirectory().resolve("certificates"), new PemCertificates())),
            metrics,
            clock,
            settings.carriesTraffic() ? settings.dataDirectory().resolve("access-logs") : null);
    engine.watch(balancing);
    registry = new RunningRegistry(works, settings, clock, () -> URI.create(agentsAddress()));
    functions =
        new Functions(
            engine,
            sessions,
            works.permissions(),
            place,
            rootKeys,
            clock,
            settings.functions(),
            FUNCTION_PAUSE);
    engine.watch(functions);
    engine.open();
    running = RunningEngine.start(engine, clock);
    previews = new Previews(works.own());
    instances =
        new InstanceSessions(
            sessions, place, this::state, clock, settings.fleet().roleLife(), previews.served());
    http = listen();
    registry.start();
    functions.start();
    fleet = RunningFleet.start(works.fleet(), clock);
  }

  private HttpServer listen() throws IOException {
    HttpSettings usual = HttpSettings.loopback(settings.port()).withHost(settings.host());
    HttpSettings address = usual.withLimits(withLayerParts(usual.limits())).withTls(tls());
    Fleet agents = works.fleet();
    return HttpServer.start(
        address,
        registry.before(
            works.api(
                address.limits().body(), registry.ecr(), registry.ecrPublic(), instances.served())),
        Map.of(
            "/acs/ws",
            agents.acs(),
            "/tcs/ws",
            agents.tcs(),
            FeedSettings.PATH,
            balancing.feed(this::feedProblem)));
  }

  /** Routes hold private keys, which are for nobody who did not have to sign. */
  private @Nullable String feedProblem(Request upgrade) {
    return settings.authenticate()
        ? works.feedProblem(upgrade)
        : "A control plane that believes everybody hands out no routes.";
  }

  private @Nullable Tls tls() throws IOException {
    TlsSettings files = settings.tls();
    return files == null ? null : Tls.of(files.certificate(), files.key());
  }

  private static Limits withLayerParts(Limits limits) {
    return new Limits(
        LAYER_PART,
        limits.buffered(),
        limits.header(),
        limits.connections(),
        limits.inFlight(),
        limits.pipeline());
  }

  /**
   * Starts a control plane; it serves when this returns.
   *
   * @param halted told when it cannot go on: the process should end
   * @throws IOException if the data directory is in use or damaged, or the port is taken
   */
  public static ControlPlane start(ControlPlaneSettings settings, Consumer<Throwable> halted)
      throws IOException {
    ControlPlane started = new ControlPlane(settings, halted);
    if (settings.simulatedInstances() > 0) {
      started.createCluster("default").join();
      started.simulated.start(settings.simulatedInstances());
    }
    return started;
  }

  /** Clients sign calls of IAM, which has no regions, for the first one there was. */
  private boolean isOurs(String region) {
    return region.equals(settings.place().region()) || region.equals(REGION);
  }

  /** What decides, for whom in this process the API is not enough. */
  public Engine engine() {
    return works.engine();
  }

  private State state() {
    return works.engine().state();
  }

  private Authentication authentication(RoleSessions sessions) {
    if (!settings.authenticate()) {
      return Authentication.off(root);
    }
    Principal principal = new Principal(rootKeys, root);
    KeyUses uses = new KeyUses(clock, use -> works.engine().submit(new ReportKeyUse(), use, root));
    return Authentication.bySignature(
        clock, new KeyHolders(principal, sessions, this::state, vault, uses), this::isOurs);
  }

  /** Creates a cluster, or finds the one of that name. */
  public CompletableFuture<? extends Shape> createCluster(String name) {
    return works
        .ecs()
        .endpoint()
        .call(
            requireNonNull(Ecs.MODEL.operation("CreateCluster")),
            CreateClusterRequest.builder().clusterName(name).build(),
            root)
        .toCompletableFuture();
  }

  /** Completes with the first committed State of which the condition is true. */
  public CompletableFuture<State> when(Predicate<State> condition) {
    return waits.until(condition, works.engine().state());
  }

  /** Where the API is served. */
  public URI endpoint() {
    InetSocketAddress address = http.address();
    String host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : settings.host();
    String scheme = settings.tls() == null ? "http://" : "https://";
    return URI.create(scheme + host + ":" + address.getPort());
  }

  private String agentsAddress() {
    String advertised = settings.advertised();
    return advertised == null ? endpoint().toString() : advertised;
  }

  /** The account's root key pair. */
  public Credentials rootKeys() {
    return rootKeys;
  }

  /**
   * Keys with which an agent of this process acts: a session of the role that the account's first
   * instance profile hands out.
   *
   * @param instanceName names the session
   * @throws ServiceException the profile or its role is not there any more
   */
  public Credentials instanceKeys(String instanceName) {
    return instances.issue(INSTANCE_PROFILE, instanceName);
  }

  /** What is measured of load balancers, a value per minute of each metric. */
  public MetricStore metrics() {
    return metrics;
  }

  /** Their last whole minute, as Prometheus reads it. */
  public String metricText() {
    return MetricText.of(metrics, clock.instant());
  }

  /** Stops serving; everything acknowledged is on disk. */
  @Override
  public void close() {
    simulated.stop();
    // Agents are still there: that their sessions end with us is no news to keep.
    fleet.close();
    registry.close();
    http.close();
    previews.close();
    functions.close();
    balancing.close();
    running.close();
    audit.close();
    log.close();
  }
}
