package dev.longshore.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.bench.load.ServerProcess;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** Longshore as it is meant to run: durable log, tokens looked at. */
final class Longshore implements Contender {
  private final HttpClient http = HttpClient.newHttpClient();
  private final ServerProcess server;
  private final String token;

  /**
   * @param options further ones of {@code longshore up}
   */
  Longshore(String... options) throws IOException, InterruptedException {
    server = new ServerProcess(0, 0, options);
    Json data = call("GetAuthorizationToken", "{}").at("authorizationData").elements().getFirst();
    token = data.at("authorizationToken").text();
  }

  private Json call(String action, String body) throws IOException, InterruptedException {
    byte[] bytes = body.getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint().getAuthority());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", "AmazonEC2ContainerRegistry_V20150921." + action);
    SignableRequest signable = new SignableRequest("POST", "/", "", headers::get, bytes);
    Signer signer = new Signer(server.rootKeys(), "us-east-1", "ecr");
    headers.putAll(signer.sign(signable, headers.keySet(), Instant.now()));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint().resolve("/")).POST(BodyPublishers.ofByteArray(bytes));
    headers.forEach(request::header);
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(action + " failed: " + answer.body());
    }
    return Json.parse(answer.body());
  }

  @Override
  public String name() {
    return "Longshore";
  }

  @Override
  public URI endpoint() {
    return server.endpoint();
  }

  @Override
  public String authorization() {
    return "Basic " + token;
  }

  @Override
  public String credentials() {
    return new String(Base64.getDecoder().decode(token), UTF_8);
  }

  @Override
  public void create(String repository) throws IOException, InterruptedException {
    call("CreateRepository", "{\"repositoryName\":\"" + repository + "\"}");
  }

  @Override
  public long residentMiB() throws IOException {
    return server.residentMiB();
  }

  @Override
  public void close() throws IOException {
    http.close();
    server.close();
  }
}
