package dev.longshore.cli;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.RootKeys;
import dev.longshore.shapes.ServiceModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
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

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = {
        "Speak TLS with servers, and trust these certificates and what they signed: PEM",
        "(default: HTTP where this machine's server is called, Java's authorities elsewhere)."
      })
  private @Nullable Path authorities;

  /** What certificates are held against; null where the user named none. */
  @Nullable Path authorities() {
    return authorities == null ? null : authorities.toAbsolutePath().normalize();
  }

  /** Where commands find the control plane that runs here. */
  URI endpoint() {
    return URI.create((authorities == null ? "http" : "https") + "://127.0.0.1:" + port);
  }

  /** A client that trusts whom the user does. */
  HttpClient.Builder http() throws IOException {
    HttpClient.Builder builder = HttpClient.newBuilder();
    return authorities == null ? builder : builder.sslContext(Trust.in(authorities));
  }

  /** A client of one of the control plane's APIs, with its root keys. */
  ApiClient client(ServiceModel api) throws IOException {
    return new ApiClient(
        http().build(), endpoint(), api, ControlPlane.REGION, RootKeys.of(dataDirectory()));
  }

  Path dataDirectory() {
    Path chosen =
        dataDirectory == null
            ? Path.of(System.getProperty("user.home"), ".longshore")
            : dataDirectory;
    return chosen.toAbsolutePath().normalize();
  }
}
