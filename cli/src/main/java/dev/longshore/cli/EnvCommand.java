package dev.longshore.cli;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.RootKeys;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Prints the settings that point AWS's tools at this control plane, or keeps them as a profile. */
@Command(
    name = "env",
    description = {
      "Prints export lines for the AWS CLI and SDKs: eval \"$(longshore env)\".",
      "With --profile it prints no key, but writes a profile for them."
    },
    mixinStandardHelpOptions = true)
final class EnvCommand implements Runnable {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "Write this profile to ~/.aws/config and ~/.aws/credentials instead.")
  private @Nullable String profile;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    Credentials keys;
    try {
      keys = RootKeys.of(options.dataDirectory());
    } catch (IOException e) {
      throw new IllegalStateException("the root key cannot be read", e);
    }
    if (profile != null) {
      write(profile, keys, out);
    } else {
      export(out, "AWS_ENDPOINT_URL", options.endpoint().toString());
      if (options.authorities() != null) {
        export(out, "AWS_CA_BUNDLE", options.authorities().toString());
      }
      export(out, "AWS_ACCESS_KEY_ID", keys.accessKeyId());
      export(out, "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
      export(out, "AWS_REGION", ControlPlane.REGION);
      // Version 1 of the CLI reads only this one.
      export(out, "AWS_DEFAULT_REGION", ControlPlane.REGION);
    }
    out.flush();
  }

  private void write(String name, Credentials keys, PrintWriter out) {
    if (!name.matches("[A-Za-z0-9_.@-]+")) {
      throw new ParameterException(
          spec.commandLine(), "--profile: a name of letters, digits and _ . @ -");
    }
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("region", ControlPlane.REGION);
    settings.put("endpoint_url", options.endpoint().toString());
    if (options.authorities() != null) {
      settings.put("ca_bundle", options.authorities().toString());
    }
    Map<String, String> secrets = new LinkedHashMap<>();
    secrets.put("aws_access_key_id", keys.accessKeyId());
    secrets.put("aws_secret_access_key", keys.secretAccessKey());
    AwsProfile files = AwsProfile.ofUser(System.getenv(), Path.of(System.getProperty("user.home")));
    try {
      files.write(name, settings, secrets);
    } catch (IOException e) {
      throw new IllegalStateException(e.getMessage(), e);
    }
    out.println("Profile " + name + " is in " + files.files().getFirst());
    out.println("and " + files.files().getLast() + ": aws --profile " + name + " …");
  }

  private static void export(PrintWriter out, String name, String value) {
    out.println("export " + name + "=" + value);
  }
}
