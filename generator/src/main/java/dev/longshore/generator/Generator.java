package dev.longshore.generator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Writes the Java sources of services from their API models. */
public final class Generator {
  private Generator() {}

  /**
   * Generates services' packages below a source root.
   *
   * @param arguments the directory of the models, the source root, and the names of the services,
   *     separated by commas or white space
   * @throws IOException when a model cannot be read or a source cannot be written
   */
  public static void main(String... arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("expected: models-directory source-root services");
    }
    var models = Path.of(arguments[0]);
    var root = Path.of(arguments[1]);
    for (var service : arguments[2].trim().split("[,\\s]+")) {
      var model = ApiModel.parse(service, Files.readString(models.resolve(service + ".json")));
      var directory = root.resolve(model.packageName().replace('.', '/'));
      write(directory, sources(model));
    }
  }

  /** The sources of a service by file name. */
  static Map<String, String> sources(ApiModel model) {
    var sources = new LinkedHashMap<String, String>();
    sources.put("package-info.java", ServiceTemplate.packageInfo(model));
    sources.put(model.serviceClass() + ".java", ServiceTemplate.service(model));
    sources.put("Structures.java", ServiceTemplate.structures(model));
    sources.put("Types.java", TypesTemplate.source(model));
    for (var shape : model.shapes().names()) {
      if (model.isBorrowed(shape)) {
        continue;
      }
      if (model.isStructure(shape)) {
        sources.put(
            model.className(shape) + ".java",
            model.shape(shape).flag("exception")
                ? ErrorTemplate.source(model, shape)
                : RecordTemplate.source(model, shape));
      } else if (model.isEnum(shape)) {
        sources.put(model.className(shape) + ".java", EnumTemplate.source(model, shape));
      }
    }
    return sources;
  }

  /**
   * Makes the directory hold exactly these files. Unchanged files keep their time of modification,
   * so that the compiler that follows has nothing to do.
   */
  static void write(Path directory, Map<String, String> sources) throws IOException {
    Files.createDirectories(directory);
    for (var source : sources.entrySet()) {
      var file = directory.resolve(source.getKey());
      if (!Files.exists(file) || !Files.readString(file).equals(source.getValue())) {
        Files.writeString(file, source.getValue());
      }
    }
    for (var stale : stale(directory, sources.keySet())) {
      Files.delete(stale);
    }
  }

  private static List<Path> stale(Path directory, Set<String> wanted) throws IOException {
    try (var files = Files.list(directory)) {
      return files
          .filter(file -> !wanted.contains(file.getFileName().toString()))
          .collect(Collectors.toUnmodifiableList());
    }
  }
}
