package dev.longshore.cli.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.json.JsonText;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Talks to Longshore's registry as any client does: signed calls for a token, then the token. */
public final class RegistryClient implements AutoCloseable {
  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";

  private final HttpClient http;
  private final URI endpoint;
  private final Signer signer;
  private @Nullable String authorization;

  /** A client of the registry there; nothing is sent before the first call. */
  public RegistryClient(HttpClient.Builder http, URI endpoint, String region, Credentials keys) {
    this.http = http.version(HttpClient.Version.HTTP_1_1).build();
    this.endpoint = endpoint;
    this.signer = new Signer(keys, region, "ecr");
  }

  /** What names an image of this registry to a container engine begins with this and a slash. */
  public String host() {
    return endpoint.getAuthority();
  }

  /**
   * Calls an action of Amazon ECR.
   *
   * @throws ActionFailedException with the action's code and text if it answers with an error
   */
  public Json call(String action, Json.Fields input) throws IOException, InterruptedException {
    byte[] body = JsonText.bytes(input);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", endpoint.getAuthority());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", TARGET + action);
    SignableRequest signable = new SignableRequest("POST", "/", "", headers::get, body);
    headers.putAll(signer.sign(signable, headers.keySet(), Instant.now()));
    // The client sets the host header itself, from the same address.
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve("/")).POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
    Json json;
    try {
      json = Json.parse(answer.body());
    } catch (JsonSyntaxException e) {
      throw new IOException(action + " failed: " + answer.body().strip(), e);
    }
    if (answer.statusCode() != 200) {
      throw new ActionFailedException(json.at("__type").text(), json.at("message").text());
    }
    return json;
  }

  /** An action was answered with an error. */
  public static final class ActionFailedException extends IOException {
    private static final long serialVersionUID = 1;

    private final String code;

    ActionFailedException(String code, String message) {
      super(message);
      this.code = code.substring(code.indexOf('#') + 1);
    }

    String code() {
      return code;
    }
  }

  /** Makes the repository if it is not there. */
  void create(String repository) throws IOException, InterruptedException {
    try {
      call("CreateRepository", Json.fields().with("repositoryName", Json.of(repository)));
    } catch (ActionFailedException e) {
      if (!e.code().equals("RepositoryAlreadyExistsException")) {
        throw e;
      }
    }
  }

  /** Pushes a blob unless the repository has it. */
  void push(String repository, Part part, Transfer transfer)
      throws IOException, InterruptedException {
    LongConsumer done = transfer.begin(part.digest(), part.size());
    String path = "/v2/" + repository + "/blobs/";
    if (send("HEAD", path + part.digest(), BodyPublishers.noBody(), null).statusCode() == 200) {
      transfer.end("already there");
      return;
    }
    BodyPublisher body =
        part.size() == 0
            ? BodyPublishers.noBody()
            : BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> counted(part, done)), part.size());
    expect(201, send("POST", path + "uploads/?digest=" + part.digest(), body, null));
    transfer.end("pushed");
  }

  private static InputStream counted(Part part, LongConsumer done) {
    try {
      return new Counted(part.open(), done);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Counted extends FilterInputStream {
    private final LongConsumer done;
    private long count;

    Counted(InputStream in, LongConsumer done) {
      super(in);
      this.done = done;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count += Math.max(0, read);
      done.accept(count);
      return read;
    }
  }

  /** Pushes a manifest under a tag or its digest; answers its digest. */
  String putManifest(String repository, String reference, byte[] manifest, String mediaType)
      throws IOException, InterruptedException {
    String path = "/v2/" + repository + "/manifests/" + reference;
    expect(201, send("PUT", path, BodyPublishers.ofByteArray(manifest), mediaType));
    return Part.digest(manifest);
  }

  /** Deletes what nobody has wanted for so many seconds: counts of blobs, bytes and uploads. */
  public Json collect(long unused) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        send("POST", "/v2/_collect?unused=" + unused, BodyPublishers.noBody(), null);
    expect(200, answer);
    return Json.parse(answer.body());
  }

  private HttpResponse<String> send(
      String method, String path, BodyPublisher body, @Nullable String mediaType)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .header("Authorization", authorization())
            .method(method, body);
    if (mediaType != null) {
      request.header("Content-Type", mediaType);
    }
    return http.send(request.build(), BodyHandlers.ofString(UTF_8));
  }

  private String authorization() throws IOException, InterruptedException {
    String known = authorization;
    if (known == null) {
      Json data = call("GetAuthorizationToken", Json.fields()).at("authorizationData");
      known = "Basic " + data.elements().getFirst().at("authorizationToken").text();
      authorization = known;
    }
    return known;
  }

  private static void expect(int status, HttpResponse<String> answer) throws IOException {
    if (answer.statusCode() != status) {
      throw new IOException(
          answer.request().method()
              + ' '
              + answer.uri().getPath()
              + " was answered with "
              + answer.statusCode()
              + ": "
              + answer.body());
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
