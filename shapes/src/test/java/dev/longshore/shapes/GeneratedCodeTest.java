package dev.longshore.shapes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.generator.Generator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles what the generator writes, with every lint of javac, and uses it. */
final class GeneratedCodeTest {
  private static final Path MODELS = Path.of("src/main/models");

  @TempDir private Path directory;

  @Test
  void every_model_can_be_generated() throws IOException {
    for (var service : services()) {
      Generator.main(MODELS.toString(), directory.toString(), service);
      var written = directory.resolve("dev/longshore/shapes/" + service.replace("-", ""));
      assertThat(written).isDirectoryContaining("glob:**/Structures.java");
    }
    assertThat(services()).contains("ecs", "longshore").hasSizeGreaterThan(2);
  }

  @Test
  void a_service_of_three_protocols_needs_nothing_but_its_model() throws Exception {
    Generator.main(MODELS.toString(), directory.toString(), "cloudwatch");
    try (var loader = compiled()) {
      var model = model(loader, "cloudwatch", "Cloudwatch");
      assertThat(model.protocols())
          .containsExactly(Protocol.RPC_V2_CBOR, Protocol.AWS_JSON_1_0, Protocol.AWS_QUERY);
      assertThat(model.awsQueryCompatible()).isTrue();
      for (var operation : model.operations().values()) {
        assertThat(filled(operation.input(), 3).schema()).isSameAs(operation.input());
        assertThat(filled(operation.output(), 3).schema()).isSameAs(operation.output());
      }
    }
  }

  @Test
  void odd_names_and_recursion_survive() throws Exception {
    Files.writeString(directory.resolve("odd.json"), ODD);
    Generator.main(directory.toString(), directory.toString(), "odd");
    try (var loader = compiled()) {
      var model = model(loader, "odd", "Odd");
      var input = Objects.requireNonNull(model.operation("Do")).input();
      var shape = filled(input, 4);
      assertThat(shape.schema().named("class")).isNotNull();
      for (var member : input.members()) {
        assertThat(shape.member(member.index())).as(member.name()).isNotNull();
      }
      assertThat(shape).isEqualTo(filled(input, 4)).hasSameHashCodeAs(filled(input, 4));
      var secret = Objects.requireNonNull(input.named("secrets"));
      assertThat(secret.isSecret()).isTrue();
      var errors = Objects.requireNonNull(model.operation("Do")).errors();
      for (var error : errors) {
        assertThat(filled(error, 2)).isInstanceOf(ServiceException.class);
      }
      assertThat(((ServiceException) filled(errors.getFirst(), 1)).code()).isEqualTo("Odd.Code");
    }
  }

  /** A shape whose members are all set, down to a depth at which structures stay empty. */
  private static Shape filled(Structure structure, int depth) {
    var builder = structure.builder();
    if (depth > 0) {
      for (var member : structure.members()) {
        builder.set(member.index(), value(member, depth));
      }
    }
    return builder.build();
  }

  private static Object value(Member member, int depth) {
    return switch (member.kind()) {
      case STRING -> member.name().toLowerCase(Locale.ROOT);
      case BOOLEAN -> true;
      case INTEGER -> 1;
      case LONG -> 1L;
      case FLOAT -> 1f;
      case DOUBLE -> 1d;
      case TIMESTAMP -> Instant.EPOCH;
      case BLOB -> Blob.ofUtf8("b");
      case DOCUMENT -> Map.of("k", "v");
      case LIST -> List.of(value(((ListType) member.type()).element(), depth));
      case MAP -> Map.of("k", value(((MapType) member.type()).value(), depth));
      case STRUCTURE -> filled(((StructureType) member.type()).structure(), depth - 1);
    };
  }

  private static List<String> services() throws IOException {
    try (var files = Files.list(MODELS)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .map(name -> name.substring(0, name.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  private static ServiceModel model(ClassLoader loader, String segment, String name)
      throws ReflectiveOperationException {
    var type = loader.loadClass("dev.longshore.shapes." + segment + "." + name);
    return (ServiceModel) Objects.requireNonNull(type.getField("MODEL").get(null));
  }

  /** Compiles all sources in the directory; any warning is a failure. */
  private URLClassLoader compiled() throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    var diagnostics = new DiagnosticCollector<JavaFileObject>();
    var classes = directory.resolve("classes");
    var sources = new ArrayList<Path>();
    try (var files = Files.walk(directory)) {
      files.filter(file -> file.toString().endsWith(".java")).forEach(sources::add);
    }
    try (var manager = compiler.getStandardFileManager(diagnostics, null, StandardCharsets.UTF_8)) {
      var options =
          List.of("-d", classes.toString(), "-Xlint:all,-serial,-processing", "-proc:none");
      var units = manager.getJavaFileObjectsFromPaths(sources);
      var task = compiler.getTask(null, manager, diagnostics, options, null, units);
      assertThat(task.call()).as(diagnostics.getDiagnostics().toString()).isTrue();
    }
    assertThat(diagnostics.getDiagnostics()).isEmpty();
    return new URLClassLoader(new URL[] {url(classes)}, GeneratedCodeTest.class.getClassLoader());
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String ODD =
      """
      {"metadata": {"apiVersion": "2026-01-01", "endpointPrefix": "odd", "protocols": ["ec2"],
                    "serviceFullName": "Odd $things$ {@code}", "serviceId": "Odd",
                    "xmlNamespace": "urn:a\\"b"},
       "operations": {
         "Do": {"name": "Do", "http": {"method": "GET", "requestUri": "/do/{class}"},
                "input": {"shape": "Input"}, "errors": [{"shape": "Coded"}, {"shape": "Builder"}]},
         "Rest": {"name": "Rest", "http": {"method": "POST", "requestUri": "/"}}},
       "shapes": {
         "Input": {"type": "structure", "required": ["class", "value"], "members": {
            "class": {"shape": "string", "location": "uri"}, "Class": {"shape": "string"},
            "index": {"shape": "integer", "box": true}, "value": {"shape": "double"},
            "builder": {"shape": "Object"}, "hashCode": {"shape": "long"},
            "toString": {"shape": "float"}, "_": {"shape": "boolean"},
            "self": {"shape": "Input"}, "lists": {"shape": "Lists", "flattened": true},
            "maps": {"shape": "Maps"}, "kind": {"shape": "Kind"}, "when": {"shape": "timestamp"},
            "bytes": {"shape": "Blob"}, "secrets": {"shape": "Secrets"}, "free": {"shape": "Free"},
            "a-b": {"shape": "string", "locationName": "x:y", "xmlAttribute": true,
                    "xmlNamespace": {"prefix": "x", "uri": "urn:x"}}}},
         "string": {"type": "string", "pattern": "[\\"\\\\\\\\$]*"}, "String": {"type": "string"},
         "integer": {"type": "integer", "min": 1, "max": 2}, "double": {"type": "double"},
         "long": {"type": "long", "max": 9223372036854775807}, "float": {"type": "float"},
         "boolean": {"type": "boolean"},
         "timestamp": {"type": "timestamp", "timestampFormat": "rfc822"}, "Blob": {"type": "blob"},
         "Object": {"type": "structure", "members": {"list": {"shape": "Lists"}}},
         "Lists": {"type": "list", "member": {"shape": "Maps", "locationName": "item"}},
         "Maps": {"type": "map", "key": {"shape": "string"}, "value": {"shape": "Input"}},
         "Kind": {"type": "string", "enum": ["a b", "a-b", "A_B", "é", "1", "$x$", "class"]},
         "Secrets": {"type": "list", "member": {"shape": "Secret"}},
         "Secret": {"type": "string", "sensitive": true},
         "Free": {"type": "structure", "members": {}, "document": true},
         "Coded": {"type": "structure", "exception": true,
                   "error": {"code": "Odd.Code", "httpStatusCode": 404},
                   "members": {"code": {"shape": "string"}, "Message": {"shape": "string"},
                               "getMessage": {"shape": "string"}, "index": {"shape": "Lists"}}},
         "Builder": {"type": "structure", "exception": true, "fault": true, "members": {}}}}
      """;
}
