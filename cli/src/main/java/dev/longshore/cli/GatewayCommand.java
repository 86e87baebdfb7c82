package dev.longshore.cli;

import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewayListener;
import dev.longshore.gateway.GatewaySettings;
import dev.longshore.gateway.MetricsPage;
import dev.longshore.gateway.RoutesFile;
import dev.longshore.gateway.route.Routes;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the load balancers' data plane in a process of its own. */
@Command(
    name = "gateway",
    description = {
      "Carries the load balancers' traffic in a process of its own.",
      "Follows the routes in a file, and goes on with the last ones while nobody writes it."
    },
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);

  @Option(names = "--routes", required = true, paramLabel = "FILE", description = "The routes.")
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private Path routes;

  @Option(
      names = "--access-logs",
      paramLabel = "DIR",
      description = "Where access logs go of load balancers that keep them (default: nowhere).")
  private @Nullable Path accessLogs;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description = "Port of this machine that shows /metrics (default: none).")
  private @Nullable Integer metricsPort;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    GatewaySettings usual = GatewaySettings.usual();
    GatewaySettings settings = accessLogs == null ? usual : usual.withAccessLogs(accessLogs);
    CountDownLatch end = new CountDownLatch(1);
    try (Lifetime lifetime = new Lifetime(end)) {
      Gateway gateway = Gateway.start(settings, GatewayListener.none());
      lifetime.onEnd(gateway::close);
      if (metricsPort != null) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), metricsPort);
        lifetime.onEnd(MetricsPage.serve(gateway, address)::close);
      }
      Thread follower = Thread.ofVirtual().unstarted(() -> follow(gateway, end));
      lifetime.onEnd(follower::interrupt);
      follower.start();
      end.await();
    }
    return 0;
  }

  private void follow(Gateway gateway, CountDownLatch end) {
    try {
      new RoutesFile(routes).follow(next -> apply(gateway, next));
    } catch (IOException e) {
      LOG.error("The routes cannot be followed.", e);
    } finally {
      end.countDown();
    }
  }

  private void apply(Gateway gateway, Routes next) {
    gateway.apply(next).forEach(LOG::warn);
    PrintWriter out = spec.commandLine().getOut();
    out.println("Longshore's gateway follows routes " + next.version());
    out.flush();
  }
}
