package dev.longshore.bench.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * One signed request of the ECS API, as the bytes to write. It may be written again and again while
 * its signature's five minutes last: the cost of signing is the client's, and not what is measured.
 */
final class ApiCall {
  private static final String TYPE = "application/x-amz-json-1.1";

  private final byte[] bytes;

  private ApiCall(byte[] bytes) {
    this.bytes = bytes;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(bytes);
  }

  static ApiCall of(URI endpoint, Signer signer, String operation, String json) {
    String target = "AmazonEC2ContainerServiceV20141113." + operation;
    Map<String, String> headers =
        Map.of("host", endpoint.getAuthority(), "content-type", TYPE, "x-amz-target", target);
    byte[] body = json.getBytes(UTF_8);
    SignableRequest request = new SignableRequest("POST", "/", "", headers::get, body);
    StringBuilder head = new StringBuilder("POST / HTTP/1.1\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    signer
        .sign(request, List.of("host", "content-type", "x-amz-target"), Instant.now())
        .forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    head.append("content-length: ").append(body.length).append("\r\n\r\n");
    byte[] start = head.toString().getBytes(ISO_8859_1);
    byte[] all = new byte[start.length + body.length];
    System.arraycopy(start, 0, all, 0, start.length);
    System.arraycopy(body, 0, all, start.length, body.length);
    return new ApiCall(all);
  }
}
