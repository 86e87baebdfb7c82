package dev.longshore.generator;

import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Collectors;

/** The sources of a service as a whole: its operations, its structures by number, its package. */
final class ServiceTemplate {
  private static final String SERVICE =
      """
      $origin$
      package $package$;

      import dev.longshore.shapes.Catalog;
      import dev.longshore.shapes.OperationModel;
      import dev.longshore.shapes.Protocol;
      import dev.longshore.shapes.ServiceModel;
      import java.util.List;

      /** $title$. */
      public final class $class$ {
        /** The service and its operations. */
        public static final ServiceModel MODEL = model(Structures.INSTANCE);

        private $class$() {}

        private static ServiceModel model(Catalog catalog) {
          return new ServiceModel(
              $id$,
              $apiVersion$,
              $endpointPrefix$,
              $signingName$,
              $targetPrefix$,
              $xmlNamespace$,
              $awsQueryCompatible$,
              List.of($protocols$),
              ServiceModel.operations(
                  $operations$));
        }
      }
      """;

  private static final String STRUCTURES =
      """
      $origin$
      package $package$;

      import dev.longshore.shapes.Catalog;
      import dev.longshore.shapes.Structure;

      /** The API's structures by number. A class is loaded when its structure is first needed. */
      final class Structures implements Catalog {
        static final Structures INSTANCE = new Structures();

        private Structures() {}

        @Override
        public Structure structure(int id) {
          return switch (id) {
      $cases$      default -> throw new IndexOutOfBoundsException(id);
          };
        }
      }
      """;

  private static final String PACKAGE =
      """
      $origin$
      /**
       * For: the values of $title$.
       *
       * <p>Holds: its structures as records, its errors, the values of its enums.
       *
       * <p>Doors: all public types; {@link $package$.$class$#MODEL} lists the operations.
       *
       * <p>Threads: any; records and errors are immutable, a builder belongs to one thread.
       */
      @NullMarked
      package $package$;

      import org.jspecify.annotations.NullMarked;
      """;

  private ServiceTemplate() {}

  static String service(ApiModel model) {
    var metadata = model.metadata();
    var operations = new ArrayList<String>();
    for (var name : model.operations().names()) {
      operations.add(operation(model, model.operations().object(name)));
    }
    var prefix = metadata.requiredText("endpointPrefix");
    return Java.fill(
        SERVICE,
        Map.ofEntries(
            Map.entry("origin", model.origin()),
            Map.entry("package", model.packageName()),
            Map.entry("class", model.serviceClass()),
            Map.entry("title", metadata.requiredText("serviceFullName")),
            Map.entry("id", Java.literal(metadata.requiredText("serviceId"))),
            Map.entry("apiVersion", Java.literal(metadata.requiredText("apiVersion"))),
            Map.entry("endpointPrefix", Java.literal(prefix)),
            Map.entry("signingName", Java.literal(metadata.text("signingName", prefix))),
            Map.entry("targetPrefix", Java.literal(metadata.text("targetPrefix", ""))),
            Map.entry("xmlNamespace", Java.literal(metadata.text("xmlNamespace", ""))),
            Map.entry("awsQueryCompatible", Boolean.toString(metadata.has("awsQueryCompatible"))),
            Map.entry("protocols", protocols(metadata)),
            Map.entry("operations", String.join(",\n            ", operations))));
  }

  static String structures(ApiModel model) {
    var cases =
        model.structures().stream()
            .map(
                s -> "      case %d -> %s.SCHEMA;\n".formatted(model.number(s), model.className(s)))
            .collect(Collectors.joining());
    return Java.fill(
        STRUCTURES,
        Map.of("origin", model.origin(), "package", model.packageName(), "cases", cases));
  }

  static String packageInfo(ApiModel model) {
    return Java.fill(
        PACKAGE,
        Map.of(
            "origin", model.origin(),
            "package", model.packageName(),
            "class", model.serviceClass(),
            "title", model.metadata().requiredText("serviceFullName")));
  }

  private static String operation(ApiModel model, Json operation) {
    var http = operation.object("http");
    var output = operation.object("output");
    var source = new StringBuilder("OperationModel.of(");
    source.append(Java.literal(operation.requiredText("name"))).append(", catalog");
    source.append(", ").append(model.number(operation.object("input").text("shape", "")));
    source.append(", ").append(model.number(output.text("shape", "")));
    for (var error : operation.objects("errors")) {
      source.append(", ").append(model.number(error.requiredText("shape")));
    }
    source.append(")");
    var method = http.requiredText("method");
    var uri = http.requiredText("requestUri");
    var status = http.number("responseCode");
    if (!method.equals("POST") || !uri.equals("/") || (status != null && status != 200)) {
      source.append(
          ".at(%s, %s, %d)"
              .formatted(Java.literal(method), Java.literal(uri), status == null ? 200 : status));
    }
    var wrapper = output.text("resultWrapper");
    if (wrapper != null) {
      source.append(".wrapped(").append(Java.literal(wrapper)).append(")");
    }
    return source.toString();
  }

  private static String protocols(Json metadata) {
    return metadata.texts("protocols").stream()
        .map(protocol -> "Protocol." + protocol(protocol, metadata))
        .collect(Collectors.joining(", "));
  }

  private static String protocol(String protocol, Json metadata) {
    return switch (protocol) {
      case "json" ->
          metadata.text("jsonVersion", "1.0").equals("1.1") ? "AWS_JSON_1_1" : "AWS_JSON_1_0";
      case "query" -> "AWS_QUERY";
      case "ec2" -> "EC2_QUERY";
      case "rest-json" -> "REST_JSON_1";
      case "rest-xml" -> "REST_XML";
      case "smithy-rpc-v2-cbor" -> "RPC_V2_CBOR";
      default -> throw new IllegalArgumentException("unknown protocol " + protocol);
    };
  }
}
