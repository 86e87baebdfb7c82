package dev.longshore.cli;

import dev.longshore.shapes.Shape;
import dev.longshore.shapes.longshore.Longshore;
import dev.longshore.shapes.longshore.Preview;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** What explaining and placing have in common: which server, which cluster, and how to show it. */
final class PreviewOptions {
  @Mixin private final ServerOptions server = new ServerOptions();

  @Option(
      names = "--cluster",
      paramLabel = "CLUSTER",
      description = "Name or ARN of the cluster (default: default).")
  private @Nullable String cluster;

  @Option(
      names = "--instances",
      paramLabel = "N",
      description = "Container instances to tell of one by one (default: ${DEFAULT-VALUE}).")
  private int instances = 10;

  @Option(names = "--json", description = "Print all that is known, as JSON.")
  private boolean json;

  @Nullable String cluster() {
    return cluster;
  }

  /** How many instances to ask for and show. */
  int instances() {
    return instances;
  }

  boolean json() {
    return json;
  }

  /** Asks the running server. */
  Preview ask(String operation, Shape request) throws IOException, InterruptedException {
    try (ApiClient client = server.client(Longshore.MODEL)) {
      return client.call(operation, request, Preview.class);
    }
  }

  /** Where a command prints. */
  static PreviewText text(CommandSpec spec, PreviewOptions options) {
    return new PreviewText(spec.commandLine().getOut(), options.json());
  }
}
