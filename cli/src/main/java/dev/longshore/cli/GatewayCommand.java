package dev.longshore.cli;

import dev.longshore.gateway.Gateway;
import dev.longshore.gateway.GatewayListener;
import dev.longshore.gateway.GatewaySettings;
import dev.longshore.gateway.RoutesFile;
import dev.longshore.gateway.feed.Feed;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Runs the load balancers' data plane in a process of its own. */
@Command(
    name = "gateway",
    description = {
      "Carries the load balancers' traffic in a process of its own.",
      "Follows a control plane, or the routes in a file, and goes on with the last ones while",
      "neither is there."
    },
    mixinStandardHelpOptions = true)
final class GatewayCommand implements Callable<Integer> {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayCommand.class);

  @ArgGroup(exclusive = true, multiplicity = "1")
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private Source source;

  @Option(
      names = "--access-logs",
      paramLabel = "DIR",
      description = {
        "Where access logs go of load balancers that keep them",
        "(default: access-logs in --data-dir; with --routes, nowhere)."
      })
  private @Nullable Path accessLogs;

  @Mixin private final MetricsOptions metrics = new MetricsOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  /** Where routes come from: one of the two. */
  private static final class Source {
    @Option(names = "--routes", paramLabel = "FILE", description = "A file of routes to follow.")
    private @Nullable Path routes;

    @ArgGroup(exclusive = false)
    private @Nullable FeedOptions feed;
  }

  /** Keeps a gateway in routes until it is interrupted or closed. */
  private interface Following {
    void run(Gateway gateway) throws IOException, InterruptedException;
  }

  @Override
  public Integer call() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    try (Lifetime lifetime = new Lifetime(end)) {
      if (source.feed != null) {
        Feed feed =
            new Feed(
                source.feed.settings(spec),
                Clock.systemUTC(),
                RandomGenerator.getDefault(),
                this::followed);
        Gateway gateway = start(lifetime, feed);
        lifetime.onEnd(feed::close);
        follow(lifetime, end, gateway, feed::run);
      } else if (source.routes != null) {
        RoutesFile file = new RoutesFile(source.routes);
        Gateway gateway = start(lifetime, GatewayListener.none());
        follow(lifetime, end, gateway, each -> follow(file, each));
      }
      end.await();
    }
    return 0;
  }

  private Gateway start(Lifetime lifetime, GatewayListener listener) throws IOException {
    GatewaySettings usual = GatewaySettings.usual();
    Path logs = accessLogs();
    GatewaySettings settings = logs == null ? usual : usual.withAccessLogs(logs);
    Gateway gateway = Gateway.start(settings, listener);
    lifetime.onEnd(gateway::close);
    metrics.serve(gateway.metrics()::prometheus, lifetime);
    return gateway;
  }

  private @Nullable Path accessLogs() {
    FeedOptions feed = source.feed;
    return accessLogs == null && feed != null
        ? feed.directory().resolve("access-logs")
        : accessLogs;
  }

  private static void follow(
      Lifetime lifetime, CountDownLatch end, Gateway gateway, Following following) {
    Thread follower = Thread.ofVirtual().unstarted(() -> run(gateway, following, end));
    lifetime.onEnd(() -> {
      follower.interrupt();
      follower.join();
    });
    follower.start();
  }

  private static void run(Gateway gateway, Following following, CountDownLatch end) {
    try {
      following.run(gateway);
    } catch (IOException e) {
      LOG.error("The routes cannot be followed.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.countDown();
    }
  }

  private void follow(RoutesFile file, Gateway gateway) throws IOException {
    file.follow(next -> {
      gateway.apply(next).forEach(LOG::warn);
      followed(next.version());
    });
  }

  private void followed(long version) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Longshore's gateway follows routes " + version);
    out.flush();
  }
}
