package dev.longshore.cli;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the control plane alone; container instances join it with {@code longshore agent}. */
@Command(
    name = "server",
    description = "Runs the control plane alone.",
    mixinStandardHelpOptions = true)
final class ServerCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();
  @Mixin private final TrafficOptions traffic = new TrafficOptions();

  @Mixin private final MetricsOptions metrics = new MetricsOptions();
  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final TlsOptions tls = new TlsOptions();
  @Mixin private final RegistryOptions registry = new RegistryOptions();
  @Mixin private final FunctionOptions functions = new FunctionOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--host",
      description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String host = "127.0.0.1";

  @Option(
      names = "--advertise",
      paramLabel = "URL",
      description = "Address that agents on other machines connect to, http[s]://HOST:PORT.")
  private @Nullable String advertised;

  @Option(names = "--simulate", description = "Container instances to pretend (default: none).")
  private int simulated;

  @Option(
      names = "--healthy-after",
      paramLabel = "SECONDS",
      description = {
        "A task without health checks counts as healthy once it has run for so long",
        "(default: ${DEFAULT-VALUE}, as on AWS; longshore up does not wait)."
      })
  private int healthyAfter = 40;

  @Option(names = "--no-auth", description = "Believe every caller; no signature is looked at.")
  private boolean open;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ControlPlaneSettings settings =
        ControlPlaneSettings.local(options.dataDirectory(), options.port)
            .withTraffic(traffic.here())
            .withAddress(host, advertised)
            .withAuthentication(!open)
            .withPlace(place.place())
            .withTls(tls.settings())
            .withRegistry(registry.settings(spec, options))
            .withFunctions(functions.endpoint(spec))
            .withRoleLife(limits.credentialsLife(spec))
            .withSnapshotAfter(limits.snapshotAfter(spec))
            .withHealthyAfter(Duration.ofSeconds(healthyAfter))
            .withSimulatedInstances(simulated);
    RootKeyNotice keys = RootKeyNotice.before(options.dataDirectory());
    CountDownLatch end = new CountDownLatch(1);
    try (Lifetime lifetime = new Lifetime(end)) {
      ControlPlane controlPlane = ControlPlane.start(settings, lifetime::halted);
      lifetime.onEnd(controlPlane::close);
      metrics.serve(controlPlane::metricText, lifetime);
      PrintWriter out = spec.commandLine().getOut();
      out.println("Longshore serves " + controlPlane.endpoint());
      if (!open) {
        keys.lines(controlPlane.rootKeys(), RootKeyNotice.onTerminal()).forEach(out::println);
      }
      out.flush();
      end.await();
    }
    return 0;
  }
}
