package dev.longshore.cli;

import dev.longshore.cli.image.ImageBuild;
import dev.longshore.cli.image.ImageName;
import dev.longshore.cli.image.RegistryClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Makes an image of a directory, or of a Java program, without a container engine. */
@Command(
    name = "build",
    description = "Makes an image of a directory or of a Java program, and pushes it.",
    mixinStandardHelpOptions = true)
final class ImageBuildCommand implements Callable<Integer> {
  @Mixin private final ServerOptions options = new ServerOptions();

  @Parameters(index = "0", paramLabel = "NAME[:TAG]", description = "What to push the image as.")
  private String name = "";

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description = "The image's root file system is this directory's content.")
  private @Nullable Path from;

  @Option(names = "--java", paramLabel = "DIR", description = "A runtime that jlink made.")
  private @Nullable Path java;

  @Option(names = "--jar", paramLabel = "FILE", description = "The program that it runs.")
  private @Nullable Path jar;

  @Option(
      names = "--entrypoint",
      paramLabel = "WORD",
      parameterConsumer = WordParameter.class,
      description = "Repeat for each word.")
  private List<String> entrypoint = new ArrayList<>();

  @Option(
      names = "--cmd",
      paramLabel = "WORD",
      parameterConsumer = WordParameter.class,
      description = "Repeat for each word.")
  private List<String> command = new ArrayList<>();

  @Option(names = "--env", paramLabel = "NAME=VALUE", description = "May be repeated.")
  private List<String> environment = new ArrayList<>();

  @Option(names = "--workdir", paramLabel = "DIR", description = "Where its programs start.")
  private String workingDirectory = "";

  @Option(names = "--gzip", description = "Compress the layers.")
  private boolean gzip;

  @Spec
  @SuppressWarnings("NullAway.Init") // Filled in by picocli before anything runs.
  private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    ImageName as = ImageCommand.name(spec, name);
    ImageBuild build = gzip ? build().compressed() : build();
    PrintWriter out = spec.commandLine().getOut();
    try (RegistryClient client = ImageCommand.client(options)) {
      String digest = build.push(client, as, new TransferLines(out));
      out.println(client.host() + '/' + as + '@' + digest);
      out.flush();
    }
    return 0;
  }

  private ImageBuild build() throws IOException, InterruptedException {
    var settings = new ImageBuild.Settings(entrypoint, command, environment, workingDirectory);
    if (from != null && java == null && jar == null) {
      return ImageBuild.of(directory(from), settings);
    }
    if (from == null && java != null && jar != null) {
      if (!Files.isRegularFile(jar)) {
        throw new ParameterException(spec.commandLine(), jar + " is no file");
      }
      return ImageBuild.ofJava(directory(java), jar, settings);
    }
    throw new ParameterException(
        spec.commandLine(), "an image is built --from a directory, or of --java and --jar");
  }

  private Path directory(Path path) {
    if (!Files.isDirectory(path)) {
      throw new ParameterException(spec.commandLine(), path + " is no directory");
    }
    return path;
  }
}
