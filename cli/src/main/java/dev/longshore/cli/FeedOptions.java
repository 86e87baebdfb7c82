package dev.longshore.cli;

import dev.longshore.gateway.feed.FeedSettings;
import dev.longshore.server.ControlPlane;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
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
        "The control plane to follow, https://HOST:PORT, or http:// on this machine; signed by",
        "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, whose right is longshore:FollowRoutes."
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

  @Option(
      names = "--tls-ca",
      paramLabel = "FILE",
      description = {
        "Trust these certificates and what they signed, in a file of PEM",
        "(default: Java's authorities)."
      })
  private @Nullable Path authorities;

  @Option(
      names = "--plain-http",
      description = {
        "Follow another machine over http:// as well. Private keys of certificates pass that",
        "network as they are."
      })
  private boolean plain;

  FeedSettings settings(CommandSpec spec) throws IOException {
    check(spec);
    Path kept = directory();
    Files.createDirectories(
        kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return new FeedSettings(
        endpoint,
        authorities == null ? null : Trust.in(authorities),
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

  /** Routes hold private keys, which are not for everybody on the way. */
  private void check(CommandSpec spec) {
    String host = endpoint.getHost();
    String scheme = String.valueOf(endpoint.getScheme());
    if (host == null || !scheme.matches("https?")) {
      throw new ParameterException(
          spec.commandLine(), "--endpoint is to be https://HOST:PORT or http://HOST:PORT");
    }
    if (scheme.equals("http") && !plain && !isHere(host)) {
      throw new ParameterException(
          spec.commandLine(),
          "Private keys of certificates would pass the network to "
              + host
              + " as they are. Use https:// (and --tls-ca), or say --plain-http.");
    }
  }

  private static boolean isHere(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      // Whatever it is called, it is not known to be this machine.
      return false;
    }
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
