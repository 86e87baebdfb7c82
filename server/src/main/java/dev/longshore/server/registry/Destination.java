package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.blob.StoredBlob;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Signer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Another registry, as one who pushes to it; each call blocks. */
final class Destination {
  /** How long it may be silent where nothing much is sent. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** How long it may take to store a layer: of 52 GB at 15 MB/s, about. */
  private static final Duration LAYER_PATIENCE = Duration.ofHours(1);

  private static final String TARGET = "AmazonEC2ContainerRegistry_V20150921.";

  private final HttpClient client;
  private final ReplicationTarget target;

  /** Several threads may fetch these at once, and get as good ones. */
  private volatile @Nullable Password password;

  private volatile @Nullable String registryId;

  private record Password(String authorization, Instant until) {}

  Destination(HttpClient client, ReplicationTarget target) {
    this.client = client;
    this.target = target;
  }

  /** It does not take what it is sent, and would not the next time. */
  static final class RefusedThereException extends IOException {
    private static final long serialVersionUID = 1;
    private final String code;

    RefusedThereException(String code, String message) {
      super(message);
      this.code = code;
    }

    /** What the API tells as the failure's code. */
    String code() {
      return code;
    }
  }

  /** The account whose registry it is. */
  String registryId() throws IOException {
    String known = registryId;
    if (known == null) {
      known = signed("DescribeRegistry").at("registryId").text();
      registryId = known;
    }
    return known;
  }

  private String authorization() throws IOException {
    Password known = password;
    if (known == null || Instant.now().isAfter(known.until())) {
      Json data = signed("GetAuthorizationToken").at("authorizationData").elements().getFirst();
      known =
          new Password(
              "Basic " + data.at("authorizationToken").text(),
              Instant.now().plus(RegistryTokens.LIFE.dividedBy(2)));
      password = known;
    }
    return known.authorization();
  }

  private Json signed(String action) throws IOException {
    byte[] body = "{}".getBytes(UTF_8);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("host", target.endpoint().getAuthority());
    headers.put("content-type", "application/x-amz-json-1.1");
    headers.put("x-amz-target", TARGET + action);
    var signable = new SignableRequest("POST", "/", "", headers::get, body);
    var signer = new Signer(target.keys(), target.region(), "ecr");
    headers.putAll(signer.sign(signable, headers.keySet(), Instant.now()));
    headers.remove("host");
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target.endpoint().resolve("/"))
            .timeout(PATIENCE)
            .POST(BodyPublishers.ofByteArray(body));
    headers.forEach(request::header);
    HttpResponse<String> answer = send(request.build());
    if (answer.statusCode() != 200) {
      throw refused(answer);
    }
    try {
      return Json.parse(answer.body());
    } catch (JsonSyntaxException e) {
      throw new IOException(target.endpoint() + " does not answer as a registry does.", e);
    }
  }

  boolean hasLayer(String repository, String digest) throws IOException {
    return has("/v2/" + repository + "/blobs/" + digest);
  }

  boolean hasManifest(String repository, String digest) throws IOException {
    return has("/v2/" + repository + "/manifests/" + digest);
  }

  private boolean has(String path) throws IOException {
    HttpResponse<String> answer = call("HEAD", target.endpoint().resolve(path), null, PATIENCE);
    return switch (answer.statusCode()) {
      case 200 -> true;
      case 404 -> false;
      default -> throw refused(answer);
    };
  }

  /** Sends a layer, unless it can be taken from another repository there. */
  void pushLayer(String repository, String digest, StoredBlob blob) throws IOException {
    URI begin = target.endpoint().resolve("/v2/" + repository + "/blobs/uploads/?mount=" + digest);
    HttpResponse<String> begun = call("POST", begin, BodyPublishers.noBody(), PATIENCE);
    if (begun.statusCode() == 201) {
      return;
    }
    String location = begun.headers().firstValue("location").orElse("");
    if (begun.statusCode() != 202 || location.isEmpty()) {
      throw refused(begun);
    }
    URI at = target.endpoint().resolve(location + "?digest=" + digest);
    HttpResponse<String> done = call("PUT", at, body(blob), LAYER_PATIENCE);
    if (done.statusCode() != 201) {
      throw refused(done);
    }
  }

  private static BodyPublisher body(StoredBlob blob) {
    BodyPublisher stream = BodyPublishers.ofInputStream(() -> new BlobStream(blob));
    return blob.length() == 0
        ? BodyPublishers.noBody()
        : BodyPublishers.fromPublisher(stream, blob.length());
  }

  /** A blob, read from its start; whoever has the blob closes it. */
  private static final class BlobStream extends InputStream {
    private final StoredBlob blob;
    private long at;

    BlobStream(StoredBlob blob) {
      this.blob = blob;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int most) throws IOException {
      int count = (int) Math.min(most, blob.length() - at);
      if (count <= 0) {
        return most == 0 ? 0 : -1;
      }
      blob.read(at, ByteBuffer.wrap(into, from, count));
      at += count;
      return count;
    }
  }

  /** Sends a manifest, to be known there by that tag or digest. */
  void pushManifest(String repository, String reference, String mediaType, byte[] bytes)
      throws IOException {
    URI at = target.endpoint().resolve("/v2/" + repository + "/manifests/" + reference);
    HttpRequest.Builder request =
        request(at, PATIENCE)
            .header("content-type", mediaType)
            .PUT(BodyPublishers.ofByteArray(bytes));
    HttpResponse<String> answer = send(request.build());
    if (answer.statusCode() != 201) {
      throw refused(answer);
    }
  }

  private HttpRequest.Builder request(URI at, Duration patience) throws IOException {
    return HttpRequest.newBuilder(at)
        .timeout(patience)
        .header("authorization", authorization())
        .header(Call.REPLICATION, "true");
  }

  private HttpResponse<String> call(
      String method, URI at, @Nullable BodyPublisher body, Duration patience) throws IOException {
    BodyPublisher sent = body == null ? BodyPublishers.noBody() : body;
    return send(request(at, patience).method(method, sent).build());
  }

  private HttpResponse<String> send(HttpRequest request) throws IOException {
    try {
      return client.send(request, BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + target.endpoint() + " was asked.", e);
    }
  }

  /** What another attempt may mend is a plain failure; the rest is refused for good. */
  private IOException refused(HttpResponse<String> answer) {
    int status = answer.statusCode();
    String message = target.endpoint() + " answered with status " + status + ": " + answer.body();
    if (status == 401) {
      password = null;
    }
    boolean passing = status == 401 || status == 409 || status == 429 || status >= 500;
    return passing
        ? new IOException(message)
        : new RefusedThereException(status == 403 ? "AccessDenied" : "Refused", message);
  }
}
