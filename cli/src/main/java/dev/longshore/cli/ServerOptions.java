package dev.longshore.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that runs or calls a control plane may be told. */
final class ServerOptions {
  private static final int DEFAULT_PORT = 4566;

  @Option(names = "--port", description = "Port of the API (default: ${DEFAULT-VALUE}).")
  int port = DEFAULT_PORT;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the control plane keeps its state (default: ~/.longshore).")
  private @Nullable Path dataDirectory;

  Path dataDirectory() {
    Path chosen =
        dataDirectory == null
            ? Path.of(System.getProperty("user.home"), ".longshore")
            : dataDirectory;
    return chosen.toAbsolutePath().normalize();
  }
}
