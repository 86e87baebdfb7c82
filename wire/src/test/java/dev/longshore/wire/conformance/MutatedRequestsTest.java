package dev.longshore.wire.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.shapes.Protocol;
import dev.longshore.shapes.ServiceException;
import dev.longshore.wire.Codec;
import dev.longshore.wire.WireHeaders;
import dev.longshore.wire.WireRequest;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.smithy.model.Model;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestCase;
import software.amazon.smithy.protocoltests.traits.HttpRequestTestsTrait;

/**
 * Whatever bytes arrive, a codec reads a request or says that it is the caller's fault. The
 * requests of AWS's protocol test cases are damaged by chance, from a seed, in every protocol.
 */
@Timeout(120)
final class MutatedRequestsTest {
  private static final int PER_CASE = 150;

  /** Pieces that parsers stumble over, put in where they hurt. */
  private static final List<String> PIECES =
      List.of(
          "null",
          "NaN",
          "-Infinity",
          "1e999",
          "-",
          "1e",
          "99999999999999999999999",
          "\\u0000",
          "\\ud800",
          "\"",
          "{",
          "[",
          "}",
          "]",
          ":",
          ",",
          "//",
          "&",
          "=",
          "%",
          "%zz",
          "%00",
          ".1",
          ".member.999999999",
          ".entry.1.key",
          "<",
          "</",
          "<a>",
          "<!DOCTYPE a [",
          "&#0;",
          "&a;",
          "<![CDATA[",
          "\u00ff",
          "\u00c3(",
          "\u0000",
          "\u009b\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
          "\u00bb\u007f\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff",
          "\u009f",
          "\u00bf",
          "_",
          "\u007f",
          "\u00c1",
          "\u00fb\u007f\u00f8",
          "\u00f9|\u0000",
          ";\u00ff\u00ff");

  private final Random random = new Random(2014_11_13);
  private final Map<Protocol, Integer> refused = new EnumMap<>(Protocol.class);

  @Test
  void every_damaged_request_is_read_or_is_the_callers_fault() {
    var model = Model.assembler().discoverModels().assemble().unwrap();
    for (var service : model.getServiceShapes()) {
      for (var protocol : SmithyService.PROTOCOLS.entrySet()) {
        if (service.hasTrait(protocol.getKey())) {
          var smithy = new SmithyService(model, service, protocol.getValue());
          var codec = Codec.of(smithy.serviceModel(), protocol.getValue());
          for (var operation : smithy.operations()) {
            operation
                .getTrait(HttpRequestTestsTrait.class)
                .map(HttpRequestTestsTrait::getTestCases)
                .orElse(List.of())
                .forEach(test -> damage(codec, protocol.getValue(), test));
          }
        }
      }
    }
    assertThat(refused.keySet()).containsExactly(Protocol.values());
    assertThat(refused.values()).allMatch(count -> count > 100);
  }

  private void damage(Codec codec, Protocol protocol, HttpRequestTestCase test) {
    byte[] body =
        protocol == Protocol.RPC_V2_CBOR
            ? Base64.getDecoder().decode(test.getBody().orElse(""))
            : test.getBody().orElse("").getBytes(UTF_8);
    String query = String.join("&", test.getQueryParams());
    for (int i = 0; i < PER_CASE; i++) {
      var headers = new ArrayList<String>();
      test.getHeaders()
          .forEach((name, value) -> {
            headers.add(name);
            headers.add(random.nextInt(8) == 0 ? damaged(value) : value);
          });
      var request =
          new WireRequest(
              test.getMethod(),
              random.nextInt(8) == 0 ? damaged(test.getUri()) : test.getUri(),
              random.nextInt(4) == 0 ? damaged(query) : query,
              WireHeaders.of(headers.toArray(String[]::new)),
              random.nextInt(4) > 0 ? damaged(body) : body);
      read(codec, protocol, request, test.getId() + " " + i);
    }
  }

  private void read(Codec codec, Protocol protocol, WireRequest request, String name) {
    try {
      var operation = codec.operation(request);
      var _ = codec.readRequest(operation, request);
    } catch (ServiceException e) {
      assertThat(e.httpStatus()).as(name).isBetween(400, 499);
      assertThat(codec.writeError(e, "id").status()).isEqualTo(e.httpStatus());
      refused.merge(protocol, 1, Integer::sum);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(protocol + " " + name + ": " + show(request), e);
    }
  }

  private static String show(WireRequest request) {
    return request.method()
        + ' '
        + request.path()
        + '?'
        + request.rawQuery()
        + ' '
        + Arrays.toString(request.body())
        + ' '
        + new String(request.body(), ISO_8859_1);
  }

  private String damaged(String text) {
    return new String(damaged(text.getBytes(ISO_8859_1)), ISO_8859_1);
  }

  private byte[] damaged(byte[] octets) {
    byte[] changed = octets;
    for (int i = random.nextInt(3); i >= 0; i--) {
      int at = random.nextInt(changed.length + 1);
      int to = at + random.nextInt(Math.min(8, changed.length - at) + 1);
      changed =
          switch (random.nextInt(5)) {
            case 0 -> joined(changed, at, new byte[] {(byte) random.nextInt(256)}, to);
            case 1 -> joined(changed, at, new byte[0], changed.length);
            case 2 -> joined(changed, at, Arrays.copyOfRange(changed, at, to), at);
            default ->
                joined(
                    changed,
                    at,
                    PIECES.get(random.nextInt(PIECES.size())).getBytes(ISO_8859_1),
                    to);
          };
    }
    return changed;
  }

  /** The octets with those from one place to another replaced. */
  private static byte[] joined(byte[] octets, int from, byte[] middle, int to) {
    var all = new ByteArrayOutputStream();
    all.write(octets, 0, from);
    all.writeBytes(middle);
    all.write(octets, to, octets.length - to);
    return all.toByteArray();
  }

  @Test
  void what_nests_deeply_or_claims_to_be_huge_is_refused_soon() {
    var model = Model.assembler().discoverModels().assemble().unwrap();
    List<byte[]> bodies =
        List.of(
            repeated(0x81, 1_000_000),
            repeated(0x9f, 1_000_000),
            repeated(0xa1, 1_000_000),
            repeated(0xc1, 1_000_000),
            joined("\u00bf".getBytes(ISO_8859_1), 1, repeated(0xd8, 1_000_000), 1),
            new byte[] {(byte) 0xbb, 0x7f, -1, -1, -1, -1, -1, -1, -1},
            new byte[] {(byte) 0xbf, 0x7b, 0x7f, -1, -1, -1, -1, -1, -1, -1},
            new byte[] {(byte) 0xbf, 0x5b, 0, 0, 0, 0, 0x7f, -1, -1, -1},
            "[".repeat(1_000_000).getBytes(UTF_8),
            "{\"a\":".repeat(300_000).getBytes(UTF_8),
            ("{\"a\":" + "9".repeat(4_000_000) + "}").getBytes(UTF_8),
            ("{\"a\":1e" + "9".repeat(1_000) + "}").getBytes(UTF_8),
            "<a>".repeat(300_000).getBytes(UTF_8),
            ("<a " + "b='c' ".repeat(300_000)).getBytes(UTF_8),
            ("a" + ".b".repeat(1_000_000) + "=c").getBytes(UTF_8),
            "a=b&".repeat(500_000).getBytes(UTF_8));
    for (var service : model.getServiceShapes()) {
      for (var protocol : SmithyService.PROTOCOLS.entrySet()) {
        if (service.hasTrait(protocol.getKey())) {
          var smithy = new SmithyService(model, service, protocol.getValue());
          var codec = Codec.of(smithy.serviceModel(), protocol.getValue());
          for (var operation : codec.service().operations().values()) {
            byte[] body = bodies.get(random.nextInt(bodies.size()));
            try {
              var request =
                  new WireRequest(operation.method(), operation.uri(), "", WireHeaders.of(), body);
              var _ = codec.readRequest(operation, request);
            } catch (ServiceException e) {
              assertThat(e.httpStatus()).isBetween(400, 499);
            }
          }
        }
      }
    }
  }

  private static byte[] repeated(int octet, int times) {
    byte[] octets = new byte[times];
    Arrays.fill(octets, (byte) octet);
    return octets;
  }
}
