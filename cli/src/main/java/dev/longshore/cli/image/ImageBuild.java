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
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Makes an image of one or two layers from files of this machine, and pushes it. */
public final class ImageBuild {
  private static final String JAVA = "opt/java";
  private static final String JAR = "app/app.jar";

  private final List<Tree> layers = new ArrayList<>();
  private final Settings settings;
  private boolean compressed;

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

  /**
   * A layer as it is pushed.
   *
   * @param diff digest of the tar file that it is
   */
  private record Layer(Part part, String diff) {}

  private ImageBuild(Settings settings) {
    this.settings = settings;
  }

  /** Has the layers compressed, for registries and networks where bytes are dear. */
  public ImageBuild compressed() {
    compressed = true;
    return this;
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
      List<Layer> written = new ArrayList<>();
      for (Tree layer : layers) {
        written.add(written(directory.resolve("layer-" + written.size()), layer));
      }
      Path file = directory.resolve("config");
      Files.write(file, JsonText.bytes(config(written.stream().map(Layer::diff).toList())));
      Part config = Part.of(file, 0, Files.size(file), Manifests.CONFIG);
      List<Part> parts = written.stream().map(Layer::part).toList();
      return Manifests.push(client, name, config, parts, transfer);
    } finally {
      for (int i = 0; i < layers.size(); i++) {
        Files.deleteIfExists(directory.resolve("layer-" + i));
      }
      Files.deleteIfExists(directory.resolve("config"));
      Files.delete(directory);
    }
  }

  private Layer written(Path file, Tree layer) throws IOException {
    MessageDigest hash = Part.sha256();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
        // Its header has no time, so that equal files still make equal layers.
        OutputStream packed = compressed ? new GZIPOutputStream(out, 1 << 16) : out) {
      layer.writeTo(new TarWriter(new DigestOutputStream(packed, hash)));
    }
    String type = compressed ? Manifests.COMPRESSED_LAYER : Manifests.LAYER;
    return new Layer(Part.of(file, 0, Files.size(file), type), Part.named(hash));
  }

  private Json config(List<String> diffs) {
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
            Json.fields().with("type", Json.of("layers")).with("diff_ids", Json.items(diffs)));
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
