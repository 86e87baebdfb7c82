package dev.longshore.cli;

import static java.util.Objects.requireNonNull;

import dev.longshore.shapes.OperationModel;
import dev.longshore.shapes.ServiceModel;
import dev.longshore.shapes.Shape;
import dev.longshore.wire.ShapeJson;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Calls an API as any client does: JSON 1.1, signed. */
final class ApiClient implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final URI endpoint;
  private final ServiceModel api;
  private final Signer signer;
  private final HttpClient http;

  /**
   * @param http is closed with this
   */
  ApiClient(HttpClient http, URI endpoint, ServiceModel api, String region, Credentials keys) {
    this.http = http;
    this.endpoint = endpoint;
    this.api = api;
    this.signer = new Signer(keys, region, api.signingName());
  }

  /**
   * Calls one operation.
   *
   * @throws IllegalStateException with the API's code and text if it answers with an error; where
   *     no server answers, saying so
   */
  <O extends Shape> O call(String operation, Shape input, Class<O> output)
      throws IOException, InterruptedException {
    OperationModel model = requireNonNull(api.operation(operation));
    byte[] body = ShapeJson.encode(input);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint.getAuthority());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", api.targetPrefix() + '.' + operation);
    SignableRequest signable = new SignableRequest("POST", "/", "", headers::get, body);
    headers.putAll(signer.sign(signable, headers.keySet(), Instant.now()));
    // The client sets the host header itself, from the same address.
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/"))
            .timeout(LIMIT)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    headers.forEach(request::setHeader);
    HttpResponse<byte[]> response = sent(request.build());
    if (response.statusCode() != 200) {
      throw new IllegalStateException(operation + " failed: " + error(response.body()));
    }
    return output.cast(ShapeJson.decode(model.output(), response.body()));
  }

  private HttpResponse<byte[]> sent(HttpRequest request) throws IOException, InterruptedException {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (ConnectException e) {
      throw new IllegalStateException(
          "no server answers at " + endpoint + "; start one with longshore up", e);
    }
  }

  /** The code and the text of an error; whatever was sent where it is none of the API's. */
  private static String error(byte[] body) {
    String text = new String(body, StandardCharsets.UTF_8);
    try {
      Json error = Json.parse(text);
      String code = error.at("__type").text();
      String message = error.at("message").text();
      return message.isEmpty() ? code : code + ": " + message;
    } catch (JsonSyntaxException e) {
      return text.strip();
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
