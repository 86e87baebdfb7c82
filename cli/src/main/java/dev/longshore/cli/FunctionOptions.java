package dev.longshore.cli;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What a command that runs a control plane may be told about who runs functions. */
final class FunctionOptions {
  @Option(
      names = "--functions-endpoint",
      paramLabel = "URL",
      description = {
        "Address of who runs the functions that deployments may ask as lifecycle hooks, as Lambda",
        "does (default: AWS_ENDPOINT_URL_LAMBDA, else there are none)."
      })
  private @Nullable String address;

  /** The address, without a path; null for nobody. */
  @Nullable URI endpoint(CommandSpec spec) {
    String chosen = address == null ? System.getenv("AWS_ENDPOINT_URL_LAMBDA") : address;
    if (chosen == null || chosen.isEmpty()) {
      return null;
    }
    if (!chosen.matches("https?://[^/?#@]+/?")) {
      throw new ParameterException(
          spec.commandLine(), "--functions-endpoint is http://HOST:PORT, not " + chosen);
    }
    return URI.create(chosen);
  }
}
