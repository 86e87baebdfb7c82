package dev.longshore.cli;

import dev.longshore.shapes.ecs.DescribeServiceDeploymentsRequest;
import dev.longshore.shapes.ecs.DescribeServiceDeploymentsResponse;
import dev.longshore.shapes.ecs.DescribeServicesRequest;
import dev.longshore.shapes.ecs.DescribeServicesResponse;
import dev.longshore.shapes.ecs.Ecs;
import dev.longshore.shapes.ecs.Service;
import dev.longshore.shapes.ecs.ServiceDeployment;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows how a deployment goes on until it is over. */
@Command(
    name = "watch",
    description = "Shows a service's deployment while it goes on; ends with it.",
    mixinStandardHelpOptions = true)
final class WatchCommand implements Callable<Integer> {
  private static final long LOOK_MILLIS = 250;
  private static final String HOME = "\u001b[H\u001b[J";

  /** What can be watched. */
  enum Thing {
    service
  }

  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(index = "0", description = "What to watch: ${COMPLETION-CANDIDATES}.")
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private Thing thing;

  @Parameters(index = "1", description = "Name or ARN of the service.")
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private String name;

  @Option(names = "--cluster", description = "The service's cluster (default: default).")
  private @Nullable String cluster;

  @Option(names = "--json", description = "Print a line of JSON for each change instead.")
  private boolean json;

  @Option(names = "--follow", description = "Go on with the next deployment, without end.")
  private boolean follow;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch never = new CountDownLatch(1);
    try (ApiClient ecs = options.client(Ecs.MODEL)) {
      String shown = "";
      ServiceView view = look(ecs);
      while (true) {
        shown = show(out, view, shown);
        if (view.isOver() && !follow) {
          return view.isGood() ? 0 : 1;
        }
        if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return 0;
        }
        view = look(ecs);
      }
    }
  }

  /** Prints what changed; returns what is shown now. */
  private String show(PrintWriter out, ServiceView view, String shown) {
    String next = view.json().write();
    boolean live = !json && Boolean.getBoolean("longshore.terminal");
    if (next.equals(shown) && !live) {
      return shown;
    }
    if (json) {
      out.println(view.timedJson().write());
    } else {
      out.println((live ? HOME : "") + String.join("\n", view.lines()));
    }
    out.flush();
    return next;
  }

  private ServiceView look(ApiClient ecs) throws IOException, InterruptedException {
    DescribeServicesResponse found =
        ecs.call(
            "DescribeServices",
            DescribeServicesRequest.builder().cluster(cluster).services(List.of(name)).build(),
            DescribeServicesResponse.class);
    List<Service> services = Objects.requireNonNullElse(found.services(), List.of());
    if (services.isEmpty()) {
      throw new IllegalStateException("there is no " + thing + ' ' + name);
    }
    Service service = services.getFirst();
    return new ServiceView(service, deployment(ecs, service), Instant.now());
  }

  private static @Nullable ServiceDeployment deployment(ApiClient ecs, Service service)
      throws IOException, InterruptedException {
    String arn = service.currentServiceDeployment();
    if (arn == null) {
      return null;
    }
    List<ServiceDeployment> found =
        ecs.call(
                "DescribeServiceDeployments",
                new DescribeServiceDeploymentsRequest(List.of(arn)),
                DescribeServiceDeploymentsResponse.class)
            .serviceDeployments();
    return found == null || found.isEmpty() ? null : found.getFirst();
  }
}
