package dev.longshore.cli;

import dev.longshore.shapes.longshore.ListLoadBalancersRequest;
import dev.longshore.shapes.longshore.ListLoadBalancersResponse;
import dev.longshore.shapes.longshore.ListenerSummary;
import dev.longshore.shapes.longshore.LoadBalancerSummary;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists load balancers, a line for each listener, with where it really listens. */
@Command(
    name = "ls",
    description = "Lists load balancers and where they listen.",
    mixinStandardHelpOptions = true)
final class BalancerListCommand implements Callable<Integer> {
  @Mixin private final ServerOptions server = new ServerOptions();

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Table table = new Table("NAME", "STATE", "LISTENER", "AT", "HEALTHY");
    for (LoadBalancerSummary each : loadBalancers()) {
      List<ListenerSummary> listeners = Objects.requireNonNullElse(each.listeners(), List.of());
      if (listeners.isEmpty()) {
        table.row(text(each.name()), text(each.state()), "-", text(each.address()), "-");
      }
      for (ListenerSummary listener : listeners) {
        table.row(
            text(each.name()),
            text(each.state()),
            listener.protocol() + " " + listener.port(),
            place(each, listener),
            each.healthyTargets() + " of " + each.targets());
      }
    }
    table.print(out);
    out.flush();
    return 0;
  }

  private static String place(LoadBalancerSummary balancer, ListenerSummary listener) {
    if (listener.failure() != null) {
      return listener.failure();
    }
    Integer other = listener.boundPort();
    return other == null ? balancer.address() + ":" + listener.port() : "127.0.0.1:" + other;
  }

  private List<LoadBalancerSummary> loadBalancers() throws IOException, InterruptedException {
    try (ApiClient client = server.client(dev.longshore.shapes.longshore.Longshore.MODEL)) {
      ListLoadBalancersResponse answer =
          client.call(
              "ListLoadBalancers", new ListLoadBalancersRequest(), ListLoadBalancersResponse.class);
      return Objects.requireNonNullElse(answer.loadBalancers(), List.of());
    }
  }

  private static String text(@Nullable String text) {
    return text == null ? "" : text;
  }
}
