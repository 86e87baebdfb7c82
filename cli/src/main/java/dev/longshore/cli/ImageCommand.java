package dev.longshore.cli;

import dev.longshore.cli.image.ImageName;
import dev.longshore.cli.image.RegistryClient;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.RootKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Images of a running control plane's registry. */
@Command(
    name = "image",
    description = "Builds, lists, imports and collects images of the registry.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ImageBuildCommand.class,
      ImageListCommand.class,
      ImageImportCommand.class,
      ImageCollectCommand.class
    })
final class ImageCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** A client of the control plane that the options name, with its root keys. */
  static RegistryClient client(ServerOptions options) throws IOException {
    Path data = options.dataDirectory();
    if (!Files.isDirectory(data)) {
      throw new IllegalStateException(data + " is no data directory of a control plane");
    }
    return new RegistryClient(
        options.http(), options.endpoint(), ControlPlane.REGION, RootKeys.of(data));
  }

  /** A name as the user typed it; what cannot be one is a wrong call. */
  static ImageName name(CommandSpec spec, String text) {
    try {
      return ImageName.parse(text);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
