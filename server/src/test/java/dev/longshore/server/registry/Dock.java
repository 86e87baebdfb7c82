package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** One version of HTTP, one algorithm of digests, and two repositories that no other test uses. */
final class Dock {
  static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String EMPTY = "application/vnd.oci.empty.v1+json";
  static final String LAYER = "application/vnd.oci.image.layer.v1.tar";

  private static final AtomicInteger COUNT = new AtomicInteger();

  final String repo;
  final String other;
  private final Wharf wharf;
  private final Algorithm algorithm;

  Dock(Wharf wharf, Version version, Algorithm algorithm) throws Exception {
    this.wharf = wharf;
    this.algorithm = algorithm;
    int number = COUNT.incrementAndGet();
    repo = "team/app-" + number;
    other = "team/other_" + number;
    wharf.speak(version);
    wharf.with(repo, other);
  }

  /** A call below the repository's path; a path with a leading slash stands for itself. */
  HttpResponse<byte[]> call(String method, String path, byte[] body, String... headers)
      throws Exception {
    return wharf.call(method, path.startsWith("/") ? path : at(path), body, headers);
  }

  HttpResponse<byte[]> call(String method, String path, String... headers) throws Exception {
    return call(method, path, new byte[0], headers);
  }

  String at(String path) {
    return "/v2/" + repo + '/' + path;
  }

  String digest(byte[] bytes) {
    return Digest.of(algorithm, bytes).toString();
  }

  String digest(String text) {
    return digest(text.getBytes(UTF_8));
  }

  /** A digest of nothing that is stored. */
  String ghost() {
    return algorithm.label()
        + ':'
        + "0".repeat(digest("").length() - algorithm.label().length() - 1);
  }

  /** What asks for an upload by this algorithm. */
  String uploads() {
    return algorithm == Algorithm.SHA256
        ? "blobs/uploads/"
        : "blobs/uploads/?digest-algorithm=" + algorithm.label();
  }

  /** Pushes a blob in one request and names it. */
  String blob(String text) throws Exception {
    return blob(repo, text);
  }

  String blob(String repository, String text) throws Exception {
    String digest = digest(text);
    expect(
        201,
        wharf.call(
            "POST",
            "/v2/" + repository + "/blobs/uploads/?digest=" + digest,
            text.getBytes(UTF_8)));
    return digest;
  }

  /** The descriptor of a text, with further members that begin with a comma, or none. */
  String descriptor(String type, String text, String more) {
    return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
        .formatted(type, digest(text), text.length(), more);
  }

  /** An image of one layer, with further members that begin with a comma; its blobs are pushed. */
  String image(String layer, String more) throws Exception {
    String config = "{\"of\":\"" + layer + "\"}";
    blob(config);
    blob(layer);
    return manifest(descriptor(CONFIG, config, ""), '[' + descriptor(LAYER, layer, "") + ']', more);
  }

  static String manifest(String config, String layers, String more) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":%s%s}"
        .formatted(Wharf.MANIFEST, config, layers, more);
  }

  /** An index of one manifest. */
  String index(String type, String manifest, String more) {
    return "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]%s}"
        .formatted(Wharf.INDEX, descriptor(type, manifest, ""), more);
  }

  /** The member that says which manifest another is about. */
  String subject(String manifest) {
    return ",\"subject\":" + descriptor(Wharf.MANIFEST, manifest, "");
  }

  HttpResponse<byte[]> put(String reference, String manifest) throws Exception {
    String type = manifest.contains("\"manifests\":") ? Wharf.INDEX : Wharf.MANIFEST;
    return call("PUT", "manifests/" + reference, manifest.getBytes(UTF_8), "Content-Type", type);
  }

  /** Pushes a manifest by its digest, and names it. */
  String pushed(String manifest) throws Exception {
    String digest = digest(manifest);
    expect(201, put(digest, manifest));
    return digest;
  }

  private static void expect(int status, HttpResponse<byte[]> answer) {
    if (answer.statusCode() != status) {
      throw new AssertionError(
          answer.request().method()
              + ' '
              + answer.uri()
              + " was answered with "
              + answer.statusCode()
              + ": "
              + new String(answer.body(), UTF_8));
    }
  }
}
