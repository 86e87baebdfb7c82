package dev.longshore.wire.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.Structure;
import dev.longshore.wire.Codec;
import dev.longshore.wire.WireHeaders;
import dev.longshore.wire.WireRequest;
import dev.longshore.wire.WireResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.model.shapes.OperationShape;
import software.amazon.smithy.model.shapes.Shape;
import software.amazon.smithy.protocoltests.traits.AppliesTo;
import software.amazon.smithy.protocoltests.traits.HttpMessageTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestsTrait;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestCase;
import software.amazon.smithy.protocoltests.traits.HttpResponseTestsTrait;

/**
 * Runs the protocol test cases of AWS for servers: requests that they must read and responses that
 * they must write. The files beside list the cases that pass, which may only grow, and those that
 * do not apply, each with the reason.
 */
final class ConformanceTest {
  private static final String REQUEST_ID = "abc-123";

  private final Map<String, String> outcomes = new TreeMap<>();

  @Test
  void every_case_passes_or_is_known_not_to_apply() throws Exception {
    var model = Model.assembler().discoverModels().assemble().unwrap();
    for (var service : model.getServiceShapes()) {
      for (var protocol : SmithyService.PROTOCOLS.entrySet()) {
        if (service.hasTrait(protocol.getKey())) {
          run(model, new SmithyService(model, service, protocol.getValue()), protocol.getValue());
        }
      }
    }
    var failed = new TreeMap<String, String>();
    var passed = new TreeSet<String>();
    outcomes.forEach((id, outcome) -> {
      if (outcome.isEmpty()) {
        passed.add(id);
      } else {
        failed.put(id, outcome);
      }
    });
    failed.keySet().removeAll(notApplicable().keySet());
    assertThat(failed).as("cases that fail").isEmpty();
    assertThat(passed)
        .as("cases that pass, which wire/src/test/resources/conformance/passing.txt must list")
        .isEqualTo(new TreeSet<>(lines("passing.txt")));
    assertThat(outcomes.keySet()).containsAll(notApplicable().keySet());
  }

  private void run(Model model, SmithyService smithy, Protocol protocol) throws Exception {
    var codec = Codec.of(smithy.serviceModel(), protocol);
    for (var operation : smithy.operations()) {
      var requests = operation.getTrait(HttpRequestTestsTrait.class);
      for (var test :
          requests.isEmpty() ? List.<HttpRequestTestCase>of() : requests.get().getTestCases()) {
        if (applies(test, protocol)) {
          record("request " + key(protocol, test), request(codec, operation, test));
        }
      }
      for (var test : responses(operation)) {
        if (applies(test, protocol)) {
          record("response " + key(protocol, test), response(codec, operation, test));
        }
      }
      for (var errorId : operation.getErrorsSet()) {
        var error = model.expectShape(errorId);
        var structure = smithy.structures().structure(smithy.structures().number(errorId));
        for (var test : responses(error)) {
          if (applies(test, protocol)) {
            record("response " + key(protocol, test), failure(codec, structure, test));
          }
        }
      }
    }
  }

  /** A case that two services share must pass in both. */
  private void record(String test, String outcome) {
    outcomes.merge(test, outcome, (first, second) -> first.isEmpty() ? second : first);
  }

  private static List<HttpResponseTestCase> responses(Shape shape) {
    return shape
        .getTrait(HttpResponseTestsTrait.class)
        .map(HttpResponseTestsTrait::getTestCases)
        .orElse(List.of());
  }

  private static String key(Protocol protocol, HttpMessageTestCase test) {
    return protocol + " " + test.getId();
  }

  private static boolean applies(HttpMessageTestCase test, Protocol protocol) {
    return protocol == SmithyService.PROTOCOLS.get(test.getProtocol())
        && test.getAppliesTo().orElse(AppliesTo.SERVER) == AppliesTo.SERVER;
  }

  private static String request(Codec codec, OperationShape shape, HttpRequestTestCase test)
      throws Exception {
    var headers = new ArrayList<String>();
    test.getHeaders()
        .forEach((name, value) -> {
          headers.add(name);
          headers.add(value);
        });
    var request =
        new WireRequest(
            test.getMethod(),
            test.getUri(),
            String.join("&", test.getQueryParams()),
            WireHeaders.of(headers.toArray(String[]::new)),
            body(test));
    try {
      var operation = codec.operation(request);
      if (!operation.name().equals(shape.getId().getName())) {
        return "taken for " + operation.name();
      }
      var expected = Params.plain(Params.shape(operation.input(), test.getParams()));
      return difference(expected, Params.plain(codec.readRequest(operation, request)));
    } catch (ServiceException e) {
      return "refused: " + e.code() + " " + e.getMessage();
    }
  }

  private static byte[] body(HttpMessageTestCase test) {
    var body = test.getBody().orElse("");
    return test.getProtocol().getName().equals("rpcv2Cbor")
        ? Base64.getDecoder().decode(body)
        : body.getBytes(UTF_8);
  }

  private static String response(Codec codec, OperationShape shape, HttpResponseTestCase test)
      throws Exception {
    var operation = Objects.requireNonNull(codec.service().operation(shape.getId().getName()));
    var output = Params.shape(operation.output(), test.getParams());
    return compare(test, codec.writeResponse(operation, output, requestId(test)));
  }

  private static String requestId(HttpMessageTestCase test) {
    return test.getHeaders().getOrDefault("X-Amzn-Requestid", REQUEST_ID);
  }

  private static String failure(Codec codec, Structure structure, HttpResponseTestCase test)
      throws Exception {
    var error = (ServiceException) Params.shape(structure, test.getParams());
    return compare(test, codec.writeError(error, REQUEST_ID));
  }

  private static String compare(HttpResponseTestCase test, WireResponse actual) throws Exception {
    var differences = new ArrayList<String>();
    differences.add(difference(test.getCode(), actual.status()));
    test.getHeaders()
        .forEach((name, value) ->
            differences.add(difference(name + ": " + value, name + ": " + header(actual, name))));
    for (var name : test.getForbidHeaders()) {
      differences.add(difference("no " + name, header(actual, name) == null ? "no " + name : name));
    }
    for (var name : test.getRequireHeaders()) {
      differences.add(header(actual, name) == null ? "no header " + name : "");
    }
    if (test.getBody().isPresent()) {
      var mediaType = test.getBodyMediaType().orElse("text/plain");
      differences.add(Bodies.difference(mediaType, body(test), actual.body()));
    }
    differences.removeIf(String::isEmpty);
    return String.join("; ", differences);
  }

  /** The length is what the HTTP server adds. */
  private static @Nullable String header(WireResponse response, String name) {
    return name.equalsIgnoreCase("content-length")
        ? String.valueOf(response.body().length)
        : response.headers().first(name);
  }

  private static String difference(@Nullable Object expected, @Nullable Object actual) {
    return Objects.equals(expected, actual) ? "" : "expected " + expected + " but was " + actual;
  }

  private static Map<String, String> notApplicable() throws IOException {
    var cases = new TreeMap<String, String>();
    for (var line : lines("not-applicable.txt")) {
      int colon = line.indexOf(": ");
      cases.put(line.substring(0, colon), line.substring(colon + 2));
    }
    return cases;
  }

  private static List<String> lines(String file) throws IOException {
    try (var stream = ConformanceTest.class.getResourceAsStream("/conformance/" + file)) {
      var text = new String(Objects.requireNonNull(stream).readAllBytes(), UTF_8);
      return text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    }
  }
}
