package dev.longshore.cli;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs a control plane and container instances of this machine in one process. */
@Command(
    name = "up",
    description = "Runs a control plane and container instances of this machine.",
    mixinStandardHelpOptions = true)
final class UpCommand implements Callable<Integer> {
  private static final int MOST_INSTANCES = 1_000;

  @Mixin private final ServerOptions options = new ServerOptions();
  @Mixin private final TrafficOptions traffic = new TrafficOptions();

  @Mixin private final MetricsOptions metrics = new MetricsOptions();
  @Mixin private final PlaceOptions place = new PlaceOptions();
  @Mixin private final TlsOptions tls = new TlsOptions();
  @Mixin private final RegistryOptions registry = new RegistryOptions();
  @Mixin private final FunctionOptions functions = new FunctionOptions();
  @Mixin private final LimitOptions limits = new LimitOptions();

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "Container instances in cluster default (default: ${DEFAULT-VALUE}).")
  private int instances = 2;

  @Option(
      names = "--simulate",
      paramLabel = "N",
      description = "Further container instances whose containers only pretend (default: none).")
  private int simulated;

  @Option(names = "--no-auth", description = "Believe every caller; no signature is looked at.")
  private boolean open;

  @Option(names = "--keep", description = "Leave containers running on exit.")
  private boolean keep;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (instances < 0 || instances > MOST_INSTANCES || simulated < 0) {
      throw new ParameterException(
          spec.commandLine(), "--instances is 0 to " + MOST_INSTANCES + ", --simulate 0 or more");
    }
    ControlPlaneSettings settings =
        ControlPlaneSettings.local(options.dataDirectory(), options.port)
            .withTraffic(traffic.here())
            .withAuthentication(!open)
            .withPlace(place.place())
            .withTls(tls.settings())
            .withRegistry(registry.settings(spec, options))
            .withFunctions(functions.endpoint(spec))
            .withRoleLife(limits.credentialsLife(spec))
            .withSnapshotAfter(limits.snapshotAfter(spec))
            .withSimulatedInstances(simulated);
    RootKeyNotice keys = RootKeyNotice.before(options.dataDirectory());
    CountDownLatch end = new CountDownLatch(1);
    try (Lifetime lifetime = new Lifetime(end)) {
      ControlPlane controlPlane = ControlPlane.start(settings, lifetime::halted);
      lifetime.onEnd(controlPlane::close);
      metrics.serve(controlPlane::metricText, lifetime);
      controlPlane.createCluster("default").join();
      if (instances > 0) {
        LocalInstances local =
            LocalInstances.start(
                controlPlane, options.dataDirectory(), instances, tls.trusted(options));
        lifetime.onEnd(() -> local.stop(keep));
      }
      PrintWriter out = spec.commandLine().getOut();
      out.println(ready(controlPlane));
      if (!open) {
        keys.lines(controlPlane.rootKeys(), RootKeyNotice.onTerminal()).forEach(out::println);
      }
      out.flush();
      end.await();
    }
    return 0;
  }

  private String ready(ControlPlane controlPlane) {
    int all = instances + simulated;
    return "Longshore is ready at "
        + controlPlane.endpoint()
        + " with "
        + (all == 1 ? "1 container instance" : all + " container instances")
        + " in cluster default";
  }
}
