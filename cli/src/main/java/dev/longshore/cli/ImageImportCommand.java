package dev.longshore.cli;

import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.DockerEngine;
import dev.longshore.agent.docker.EngineAddress;
import dev.longshore.cli.image.ImageImport;
import dev.longshore.cli.image.ImageName;
import dev.longshore.cli.image.RegistryClient;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings an image of a container engine, or of a tar archive, into the registry. */
@Command(
    name = "import",
    description = "Pushes an image that a container engine has, or a tar archive.",
    mixinStandardHelpOptions = true)
final class ImageImportCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "IMAGE",
      description = "An image of the container engine at DOCKER_HOST.")
  private @Nullable String image;

  @Option(
      names = "--archive",
      paramLabel = "FILE",
      description = "What docker save wrote, or an archive of OCI's layout.")
  private @Nullable Path archive;

  @Option(
      names = "--as",
      paramLabel = "NAME[:TAG]",
      description = "What to push it as (default: as it is called already).")
  private @Nullable String name;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if ((image == null) == (archive == null)) {
      throw new ParameterException(
          spec.commandLine(), "either an image of the engine is imported, or an --archive");
    }
    if (archive != null && !Files.isRegularFile(archive)) {
      throw new ParameterException(spec.commandLine(), archive + " is no file");
    }
    ImageName as = name == null ? null : ImageCommand.name(spec, name);
    PrintWriter out = spec.commandLine().getOut();
    try (RegistryClient client = ImageCommand.client(options)) {
      pushed(new ImageImport(client, new TransferLines(out)), as)
          .forEach((each, digest) -> out.println(client.host() + '/' + each + '@' + digest));
      out.flush();
    }
    return 0;
  }

  private Map<ImageName, String> pushed(ImageImport images, @Nullable ImageName as)
      throws Exception {
    if (image == null || archive != null) {
      return images.fromArchive(Objects.requireNonNull(archive), as);
    }
    if (as == null) {
      ImageCommand.name(spec, image);
    }
    try (ContainerEngine engine =
        DockerEngine.at(EngineAddress.parse(System.getenv("DOCKER_HOST")))) {
      return images.fromEngine(engine, image, as);
    }
  }
}
