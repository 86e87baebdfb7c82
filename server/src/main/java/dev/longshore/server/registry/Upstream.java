package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.shapes.Blob;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Another registry, as a client reads it. Nobody logs in there by name: where it wants a token, one
 * for everybody is asked for.
 */
final class Upstream {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Pattern LOOPBACK =
      Pattern.compile("(127\\.[0-9.]+|localhost|\\[::1])(:[0-9]+)?");
  private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=\"([^\"]*)\"");
  private static final int MOST_TOKEN_BYTES = 1 << 20;
  private static final String ACCEPTED =
      String.join(
          ", ",
          ManifestReader.OCI_INDEX,
          ManifestReader.OCI_MANIFEST,
          ManifestReader.DOCKER_LIST,
          ManifestReader.DOCKER_MANIFEST);

  private final HttpClient client;
  private final String host;

  /**
   * @param host with its port, if that is not the usual one; a loopback address is spoken to in
   *     plain HTTP, as Docker does
   */
  Upstream(HttpClient client, String host) {
    this.client = client;
    this.host = host;
  }

  /** The registry did not give what it has; the message says why. */
  static final class UpstreamException extends IOException {
    private static final long serialVersionUID = 1;
    private final int status;

    UpstreamException(int status, String message) {
      super(message);
      this.status = status;
    }

    /** The status it answered with; 0 where it did not answer. */
    int status() {
      return status;
    }
  }

  /** A manifest as it came. */
  record Found(@Nullable String mediaType, Blob manifest) {
    byte[] bytes() {
      return manifest.toBytes();
    }
  }

  /** The manifest of that tag or digest; null where there is none. */
  @Nullable Found manifest(String repository, String reference) throws IOException {
    HttpResponse<InputStream> answer =
        get("/v2/" + repository + "/manifests/" + reference, "repository:" + repository + ":pull");
    try (InputStream body = answer.body()) {
      if (answer.statusCode() == 404) {
        return null;
      }
      expectOk(answer);
      byte[] bytes = body.readNBytes(ManifestReader.MOST_BYTES + 1);
      if (bytes.length > ManifestReader.MOST_BYTES) {
        throw new UpstreamException(200, "The manifest that " + host + " sent is too large.");
      }
      return new Found(answer.headers().firstValue("content-type").orElse(null), Blob.of(bytes));
    }
  }

  /** The bytes of a layer or configuration; to be closed. */
  InputStream blob(String repository, String digest) throws IOException {
    HttpResponse<InputStream> answer =
        get("/v2/" + repository + "/blobs/" + digest, "repository:" + repository + ":pull");
    try {
      expectOk(answer);
    } catch (IOException e) {
      answer.body().close();
      throw e;
    }
    return new PatientStream(answer.body(), PATIENCE);
  }

  /** Whether it answers as a registry does; else an exception says why not. */
  void check() throws IOException {
    HttpResponse<InputStream> answer = get("/v2/", "");
    answer.body().close();
    expectOk(answer);
  }

  private void expectOk(HttpResponse<?> answer) throws UpstreamException {
    int status = answer.statusCode();
    if (status == 401 || status == 403) {
      throw new UpstreamException(status, "The upstream registry " + host + " denies access.");
    }
    if (status != 200) {
      throw new UpstreamException(
          status, "The upstream registry " + host + " answered with status " + status + ".");
    }
  }

  private HttpResponse<InputStream> get(String path, String scope) throws IOException {
    HttpResponse<InputStream> answer = send(path, null);
    String challenge = answer.headers().firstValue("www-authenticate").orElse("");
    if (answer.statusCode() != 401 || !challenge.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return answer;
    }
    answer.body().close();
    return send(path, "Bearer " + token(challenge, scope));
  }

  private HttpResponse<InputStream> send(String path, @Nullable String authorization)
      throws IOException {
    String scheme = LOOPBACK.matcher(host).matches() ? "http://" : "https://";
    return send(URI.create(scheme + host + path), authorization);
  }

  private HttpResponse<InputStream> send(URI uri, @Nullable String authorization)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", ACCEPTED);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while " + host + " was asked.", e);
    } catch (IOException e) {
      throw new UpstreamException(0, "The upstream registry " + host + " cannot be reached: " + e);
    }
  }

  /** A token for anybody, from whom the challenge says. */
  private String token(String challenge, String scope) throws IOException {
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(challenge);
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    String realm = parameters.getOrDefault("realm", "");
    if (!realm.startsWith("https://") && !realm.startsWith("http://")) {
      throw new UpstreamException(401, "The upstream registry " + host + " denies access.");
    }
    String wanted = parameters.getOrDefault("scope", scope);
    String query =
        "service="
            + URLEncoder.encode(parameters.getOrDefault("service", ""), UTF_8)
            + (wanted.isEmpty() ? "" : "&scope=" + URLEncoder.encode(wanted, UTF_8));
    HttpResponse<InputStream> answer =
        send(URI.create(realm + (realm.contains("?") ? "&" : "?") + query), null);
    try (InputStream body = answer.body()) {
      expectOk(answer);
      Json json = Json.parse(new String(body.readNBytes(MOST_TOKEN_BYTES), UTF_8));
      String token = json.at("token").text();
      return token.isEmpty() ? json.at("access_token").text() : token;
    } catch (JsonSyntaxException e) {
      throw new UpstreamException(200, "The token from " + realm + " cannot be read.");
    }
  }
}
