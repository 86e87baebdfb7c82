package dev.longshore.cli;

import dev.longshore.gateway.feed.FeedSettings;
import dev.longshore.server.ControlPlane;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Whom a gateway follows, and as whom: its key is in the variables of AWS's own tools. */
final class FeedOptions {
  @Option(
      names = "--endpoint",
      required = true,
      paramLabel = "URL",
      description = {
        "The control plane to follow, http://HOST:PORT or https://…, signed with the key in",
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; it needs the right longshore:FollowRoutes."
      })
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private URI endpoint;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where the last routes are kept (default: ~/.longshore/gateway).")
  private @Nullable Path directory;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "Its name among the control plane's gateways (default: host and process).")
  private @Nullable String name;

  @Option(
      names = "--bind",
      paramLabel = "ADDRESS",
      description = "Listen at this address instead of each load balancer's own.")
  private @Nullable String address;

  FeedSettings settings(CommandSpec spec) throws IOException {
    String host = endpoint.getHost();
    if (host == null || !String.valueOf(endpoint.getScheme()).matches("https?")) {
      throw new ParameterException(spec.commandLine(), "--endpoint is to be http://HOST:PORT");
    }
    Path kept = directory();
    Files.createDirectories(
        kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new FeedSettings(
        endpoint,
        credentials(spec, System.getenv()),
        region(System.getenv()),
        name == null ? InetAddress.getLocalHost().getHostName() + '-' + process() : name,
        kept.resolve("routes.json"),
        address,
        FeedSettings.USUAL_BEAT);
  }

  /** Where the gateway keeps what is its own. */
  Path directory() {
    return directory == null
        ? Path.of(System.getProperty("user.home"), ".longshore", "gateway")
        : directory;
  }

  private static long process() {
    return ProcessHandle.current().pid();
  }

  private static Credentials credentials(CommandSpec spec, Map<String, String> variables) {
    String id = variables.get("AWS_ACCESS_KEY_ID");
    String secret = variables.get("AWS_SECRET_ACCESS_KEY");
    if (id == null || secret == null) {
      throw new ParameterException(
          spec.commandLine(), "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set.");
    }
    return new Credentials(id, secret, variables.get("AWS_SESSION_TOKEN"), null);
  }

  private static String region(Map<String, String> variables) {
    return variables.getOrDefault(
        "AWS_REGION", variables.getOrDefault("AWS_DEFAULT_REGION", ControlPlane.REGION));
  }
}
