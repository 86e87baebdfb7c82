package dev.longshore.cli;

import dev.longshore.server.ControlPlane;
import dev.longshore.server.RootKeys;
import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the settings that point AWS's tools at this control plane. */
@Command(
    name = "env",
    description = "Prints export lines for the AWS CLI and SDKs: eval \"$(longshore env)\".",
    mixinStandardHelpOptions = true)
final class EnvCommand implements Runnable {
  @Mixin private final ServerOptions options = new ServerOptions();

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
    export(out, "AWS_ENDPOINT_URL", "http://127.0.0.1:" + options.port);
    export(out, "AWS_ACCESS_KEY_ID", keys.accessKeyId());
    export(out, "AWS_SECRET_ACCESS_KEY", keys.secretAccessKey());
    export(out, "AWS_REGION", ControlPlane.REGION);
    // Version 1 of the CLI reads only this one.
    export(out, "AWS_DEFAULT_REGION", ControlPlane.REGION);
    out.flush();
  }

  private static void export(PrintWriter out, String name, String value) {
    out.println("export " + name + "=" + value);
  }
}
