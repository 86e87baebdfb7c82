package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.longshore.core.model.IamRole;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.state.State;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A control plane with its registry, and a client of both protocols. */
final class Wharf implements AutoCloseable {
  static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String INDEX = "application/vnd.oci.image.index.v1+json";

  private final ControlPlane plane;
  private final Map<Version, HttpClient> clients = new EnumMap<>(Version.class);
  private Version version = Version.HTTP_1_1;
  private final String region;
  private String authorization = "";

  Wharf(Path directory) throws IOException {
    this(ControlPlaneSettings.local(directory, 0));
  }

  /** A session of a role that there is from the start. */
  Caller session(String role, String name) {
    IamRole row =
        requireNonNull(
            plane
                .when(state -> state.find(IamRole.KIND, IamRole.key(role)) != null)
                .join()
                .find(IamRole.KIND, IamRole.key(role)));
    return new Caller(
        "123456789012",
        "arn:aws:sts::123456789012:assumed-role/" + role + '/' + name,
        new Caller.Session(row.id(), Instant.EPOCH, List.of(), List.of()));
  }

  Wharf(ControlPlaneSettings settings) throws IOException {
    this(settings, HttpClient.newBuilder());
  }

  /**
   * @param http makes clients that trust the control plane's certificate
   */
  Wharf(ControlPlaneSettings settings, HttpClient.Builder http) throws IOException {
    region = settings.place().region();
    plane =
        ControlPlane.start(
            settings,
            cause -> {
              throw new IllegalStateException(cause);
            });
    for (Version each : Version.values()) {
      clients.put(each, http.version(each).build());
    }
  }

  /** From now on calls of the distribution protocol are of that version. */
  void speak(Version wanted) {
    version = wanted;
  }

  /** Logs in and creates a repository. */
  Wharf with(String... repositories) throws Exception {
    authorization = "Basic " + token();
    for (String name : repositories) {
      ecr("CreateRepository", "{\"repositoryName\":\"" + name + "\"}");
    }
    return this;
  }

  String token() throws Exception {
    Json answer = ecr("GetAuthorizationToken", "{}");
    return answer.at("authorizationData").elements().getFirst().at("authorizationToken").text();
  }

  void authorization(String header) {
    authorization = header;
  }

  /** What another registry needs to copy images here. */
  ReplicationTarget target() {
    return new ReplicationTarget(region, plane.endpoint(), plane.rootKeys());
  }

  /** Completes once the condition is true of what is committed. */
  CompletableFuture<State> when(Predicate<State> condition) {
    return plane.when(condition);
  }

  String host() {
    return plane.endpoint().getAuthority();
  }

  /** The answer to an action of ECR, the error's included. */
  Json ecr(String action, String body) throws Exception {
    return api("ecr", "AmazonEC2ContainerRegistry_V20150921." + action, body);
  }

  /** The answer to an action of ECR Public, the error's included. */
  Json ecrPublic(String action, String body) throws Exception {
    return api("ecr-public", "SpencerFrontendService." + action, body);
  }

  private Json api(String service, String target, String body) throws Exception {
    byte[] bytes = body.getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", host());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", target);
    var signable = new SignableRequest("POST", "/", "", headers::get, bytes);
    var signer = new Signer(plane.rootKeys(), region, service);
    headers.putAll(signer.sign(signable, headers.keySet(), Instant.now()));
    headers.remove("host");
    var request = HttpRequest.newBuilder(at("/")).POST(BodyPublishers.ofByteArray(bytes));
    headers.forEach(request::header);
    HttpResponse<String> answer = client().send(request.build(), BodyHandlers.ofString());
    return Json.parse(answer.body());
  }

  HttpResponse<byte[]> call(String method, String path, byte[] body, String... headers)
      throws Exception {
    return call(method, path, BodyPublishers.ofByteArray(body), headers);
  }

  HttpResponse<byte[]> call(String method, String path, BodyPublisher body, String... headers)
      throws Exception {
    var request =
        HttpRequest.newBuilder(path.startsWith("http") ? URI.create(path) : at(path))
            .method(method, body);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    HttpResponse<byte[]> answer = client().send(request.build(), BodyHandlers.ofByteArray());
    if (answer.version() != version) {
      throw new IllegalStateException(path + " was answered over " + answer.version());
    }
    return answer;
  }

  HttpResponse<byte[]> call(String method, String path, String... headers) throws Exception {
    return call(method, path, new byte[0], headers);
  }

  private HttpClient client() {
    return Objects.requireNonNull(clients.get(version));
  }

  InetSocketAddress address() {
    return new InetSocketAddress(plane.endpoint().getHost(), plane.endpoint().getPort());
  }

  String authorization() {
    return authorization;
  }

  private URI at(String path) {
    return plane.endpoint().resolve(path);
  }

  static String header(HttpResponse<?> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  static Json json(HttpResponse<byte[]> response) {
    return Json.parse(new String(response.body(), UTF_8));
  }

  static String error(HttpResponse<byte[]> response) {
    return json(response).at("errors").elements().getFirst().at("code").text();
  }

  static String digest(byte[] bytes) {
    return Digest.of(Algorithm.SHA256, bytes).toString();
  }

  /** Pushes a blob in one request. */
  String blob(String repository, String text) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    String digest = digest(bytes);
    var answer = call("POST", "/v2/" + repository + "/blobs/uploads/?digest=" + digest, bytes);
    if (answer.statusCode() != 201) {
      throw new IllegalStateException("A blob was answered with " + answer.statusCode());
    }
    return digest;
  }

  static String descriptor(String type, String digest, long size, @Nullable String more) {
    return "{\"mediaType\":\""
        + type
        + "\",\"digest\":\""
        + digest
        + "\",\"size\":"
        + size
        + (more == null ? "" : "," + more)
        + '}';
  }

  /** An image whose one layer has this text, with further members; its blobs are pushed. */
  byte[] image(String repository, String layer, String more) throws Exception {
    String config = blob(repository, "{\"of\":\"" + layer + "\"}");
    String content = blob(repository, layer);
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\""
            + MANIFEST
            + "\",\"config\":"
            + descriptor(
                "application/vnd.oci.image.config.v1+json", config, layer.length() + 9, null)
            + ",\"layers\":["
            + descriptor("application/vnd.oci.image.layer.v1.tar", content, layer.length(), null)
            + ']'
            + more
            + '}';
    return text.getBytes(UTF_8);
  }

  HttpResponse<byte[]> put(String repository, String reference, byte[] manifest) throws Exception {
    return put(repository, reference, manifest, MANIFEST);
  }

  HttpResponse<byte[]> put(String repository, String reference, byte[] manifest, String type)
      throws Exception {
    return call(
        "PUT", "/v2/" + repository + "/manifests/" + reference, manifest, "Content-Type", type);
  }

  static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
  }

  @Override
  public void close() {
    clients.values().forEach(HttpClient::close);
    plane.close();
  }
}
