package dev.longshore.cli.image;

import dev.longshore.agent.docker.TarWriter;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import dev.longshore.wire.json.Members;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes an image of one or two layers from files of this machine, and pushes it. */
public final class ImageBuild {
  private static final String JAVA = "opt/java";
  private static final String JAR = "app/app.jar";

  private final List<Tree> layers = new ArrayList<>();
  private final Settings settings;

  /**
   * What a container of the image does by default.
   *
   * @param environment as {@code NAME=VALUE}
   * @param workingDirectory empty for the root
   */
  public record Settings(
      List<String> entrypoint,
      List<String> command,
      List<String> environment,
      String workingDirectory) {}

  private ImageBuild(Settings settings) {
    this.settings = settings;
  }

  /** An image whose root is a directory's content. */
  public static ImageBuild of(Path directory, Settings settings) throws IOException {
    ImageBuild build = new ImageBuild(settings);
    build.layers.add(new Tree().directory("", directory));
    return build;
  }

  /**
   * An image of a Java program: the runtime that jlink made with the libraries of this machine that
   * it needs, and in a layer of its own the program.
   */
  public static ImageBuild ofJava(Path runtime, Path jar, Settings settings)
      throws IOException, InterruptedException {
    Tree system = new Tree().directory(JAVA, runtime);
    for (Path library : SharedLibraries.of(runtime)) {
      system.file(library.toString().substring(1), library);
    }
    List<String> entrypoint = new ArrayList<>(settings.entrypoint());
    if (entrypoint.isEmpty()) {
      entrypoint.addAll(List.of("/" + JAVA + "/bin/java", "-jar", "/" + JAR));
    }
    ImageBuild build =
        new ImageBuild(
            new Settings(
                entrypoint,
                settings.command(),
                settings.environment(),
                settings.workingDirectory()));
    build.layers.add(system);
    build.layers.add(new Tree().file(JAR, jar));
    return build;
  }

  /** Writes the layers to temporary files, pushes all, and answers the image's digest. */
  public String push(RegistryClient client, ImageName name, Transfer transfer)
      throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("longshore-image");
    try {
      List<Part> parts = new ArrayList<>();
      for (Tree layer : layers) {
        parts.add(written(directory.resolve("layer-" + parts.size()), layer));
      }
      Path file = directory.resolve("config");
      Files.write(file, JsonText.bytes(config(parts)));
      Part config = Part.of(file, 0, Files.size(file), Manifests.CONFIG);
      return Manifests.push(client, name, config, parts, transfer);
    } finally {
      for (int i = 0; i < layers.size(); i++) {
        Files.deleteIfExists(directory.resolve("layer-" + i));
      }
      Files.deleteIfExists(directory.resolve("config"));
      Files.delete(directory);
    }
  }

  private static Part written(Path file, Tree layer) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
      layer.writeTo(new TarWriter(out));
    }
    return Part.of(file, 0, Files.size(file), Manifests.LAYER);
  }

  private Json config(List<Part> parts) {
    Json.Fields run =
        new Members()
            .put("Entrypoint", orNull(settings.entrypoint()))
            .put("Cmd", orNull(settings.command()))
            .put("Env", orNull(settings.environment()))
            .put(
                "WorkingDir",
                settings.workingDirectory().isEmpty() ? null : Json.of(settings.workingDirectory()))
            .json();
    return Json.fields()
        .with("architecture", Json.of(architecture()))
        .with("os", Json.of("linux"))
        // The same files make the same image, whenever that is.
        .with("created", Json.of("1970-01-01T00:00:00Z"))
        .with("config", run)
        .with(
            "rootfs",
            Json.fields()
                .with("type", Json.of("layers"))
                .with("diff_ids", Json.items(parts.stream().map(Part::digest).toList())));
  }

  private static @Nullable Json orNull(List<String> words) {
    return words.isEmpty() ? null : Json.items(words);
  }

  private static String architecture() {
    return switch (System.getProperty("os.arch")) {
      case "aarch64" -> "arm64";
      case String other -> other;
    };
  }
}
