package dev.longshore.e2e;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Signed calls of ECS without a process for each, to look often at what happens. */
final class Calls {
  private final HttpClient client;
  private final URI endpoint;
  private final Signer signer;

  /**
   * @param aws whose keys and endpoint are used
   */
  Calls(HttpClient client, Shell aws) {
    this.client = client;
    endpoint = URI.create(aws.variable("AWS_ENDPOINT_URL"));
    signer =
        new Signer(
            Credentials.of(
                aws.variable("AWS_ACCESS_KEY_ID"), aws.variable("AWS_SECRET_ACCESS_KEY")),
            "us-east-1",
            "ecs");
  }

  /** Calls and insists on an answer without an error. */
  Json call(String operation, Json input) throws IOException, InterruptedException {
    byte[] body = input.write().getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint.getAuthority());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerServiceV20141113." + operation);
    var signable = new SignableRequest("POST", "/", "", headers::get, body);
    headers.putAll(signer.sign(signable, headers.keySet(), Instant.now()));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<String> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new AssertionError(operation + " failed: " + answer.body());
    }
    return Json.parse(answer.body());
  }
}
