package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the OCI's conformance suite asks of pushes. */
@ParameterizedClass(name = "{0} {1}")
@CsvSource({"HTTP_1_1, SHA256", "HTTP_1_1, SHA512", "HTTP_2, SHA256", "HTTP_2, SHA512"})
class PushConformanceTest {
  @TempDir private static Path directory;
  private static Wharf wharf;

  private final Version version;
  private final Algorithm algorithm;
  private Dock dock;

  PushConformanceTest(Version version, Algorithm algorithm) {
    this.version = version;
    this.algorithm = algorithm;
  }

  @BeforeAll
  static void start() throws IOException {
    wharf = new Wharf(directory);
  }

  @AfterAll
  static void stop() {
    wharf.close();
  }

  @BeforeEach
  void create() throws Exception {
    dock = new Dock(wharf, version, algorithm);
  }

  private String begun() throws Exception {
    var begun = dock.call("POST", dock.uploads());
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(header(begun, "range")).isEqualTo("0-0");
    assertThat(header(begun, "docker-upload-uuid")).isNotEmpty();
    return header(begun, "location");
  }

  private HttpResponse<byte[]> patch(String at, String text, String... headers) throws Exception {
    return dock.call("PATCH", at, text.getBytes(UTF_8), headers);
  }

  private void assertTaken(HttpResponse<byte[]> patch, String at, String range) {
    assertThat(patch.statusCode()).isEqualTo(202);
    assertThat(header(patch, "range")).isEqualTo(range);
    assertThat(header(patch, "location")).isEqualTo(at);
  }

  /** Ends an upload with its last bytes, if any, and insists on what is stored then. */
  private void assertEnds(String at, String last, String whole, String... headers)
      throws Exception {
    String digest = dock.digest(whole);
    var put = dock.call("PUT", at + "?digest=" + digest, last.getBytes(UTF_8), headers);
    assertCreated(put, digest, whole);
    assertThat(dock.call("GET", at).statusCode()).isEqualTo(404);
  }

  private void assertCreated(HttpResponse<byte[]> answer, String digest, String whole)
      throws Exception {
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(header(answer, "location")).isEqualTo(dock.at("blobs/" + digest));
    assertThat(header(answer, "docker-content-digest")).isEqualTo(digest);
    var got = dock.call("GET", header(answer, "location"));
    assertThat(new String(got.body(), UTF_8)).isEqualTo(whole);
  }

  @Test
  void a_blob_is_pushed_by_post_then_put() throws Exception {
    assertEnds(begun(), "hello", "hello");
    assertEnds(begun(), "", "");
  }

  @Test
  void a_blob_is_pushed_by_a_single_post() throws Exception {
    String digest = dock.digest("at once");
    String path = "blobs/uploads/?digest=" + digest;
    assertCreated(dock.call("POST", path, "at once".getBytes(UTF_8)), digest, "at once");
    assertCreated(dock.call("POST", path, "at once".getBytes(UTF_8)), digest, "at once");
  }

  @Test
  void a_blob_is_pushed_as_one_stream() throws Exception {
    String at = begun();
    assertTaken(patch(at, "streamed", "Content-Type", "application/octet-stream"), at, "0-7");
    assertEnds(at, "", "streamed");
  }

  @Test
  void a_blob_is_pushed_in_chunks_that_say_where_they_belong() throws Exception {
    String at = begun();
    assertTaken(patch(at, "0123456789", "Content-Range", "0-9"), at, "0-9");
    assertTaken(patch(at, "abcde", "Content-Range", "10-14"), at, "0-14");
    assertEnds(at, "xyz", "0123456789abcdexyz", "Content-Range", "15-17");
  }

  @Test
  void a_blob_is_pushed_in_chunks_that_do_not() throws Exception {
    String at = begun();
    assertTaken(patch(at, "0123456789"), at, "0-9");
    assertTaken(patch(at, "abcde"), at, "0-14");
    assertEnds(at, "xyz", "0123456789abcdexyz");
  }

  @Test
  void a_chunk_out_of_order_is_refused_and_the_upload_goes_on_where_it_was() throws Exception {
    String at = begun();
    assertTaken(patch(at, "0123456789", "Content-Range", "0-9"), at, "0-9");
    for (String range : new String[] {"20-29", "0-9", "5-14"}) {
      var wrong = patch(at, "0123456789", "Content-Range", range);
      assertThat(wrong.statusCode()).isEqualTo(416);
      assertThat(error(wrong)).isEqualTo("BLOB_UPLOAD_INVALID");
      assertThat(header(wrong, "range")).isEqualTo("0-9");
      assertThat(header(wrong, "location")).isEqualTo(at);
      var status = dock.call("GET", at);
      assertThat(status.statusCode()).isEqualTo(204);
      assertThat(header(status, "range")).isEqualTo("0-9");
      assertThat(header(status, "location")).isEqualTo(at);
    }
    var put =
        dock.call(
            "PUT", at + "?digest=" + dock.ghost(), "x".getBytes(UTF_8), "Content-Range", "20-20");
    assertThat(put.statusCode()).isEqualTo(416);
    assertEnds(at, "abcde", "0123456789abcde", "Content-Range", "10-14");
  }

  @Test
  void an_upload_can_be_cancelled() throws Exception {
    String at = begun();
    patch(at, "some");
    assertThat(dock.call("DELETE", at).statusCode()).isEqualTo(204);
    for (String method : new String[] {"GET", "PATCH", "DELETE"}) {
      assertThat(dock.call(method, at).statusCode()).isEqualTo(404);
    }
    assertThat(error(patch(at, "x"))).isEqualTo("BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void an_upload_of_one_repository_is_unknown_in_another() throws Exception {
    String at = begun().replace(dock.repo, dock.other);
    assertThat(dock.call("GET", at).statusCode()).isEqualTo(404);
  }

  @Test
  void a_blob_is_mounted_from_where_it_is() throws Exception {
    String digest = dock.blob(dock.other, "shared");
    assertThat(dock.call("HEAD", "blobs/" + digest).statusCode()).isEqualTo(404);
    String post = "blobs/uploads/?mount=" + digest;
    assertCreated(dock.call("POST", post + "&from=" + dock.other), digest, "shared");
    String nowhereElse = dock.blob(dock.other, "anonymous");
    var anonymous = dock.call("POST", "blobs/uploads/?mount=" + nowhereElse);
    assertCreated(anonymous, nowhereElse, "anonymous");
  }

  @Test
  void a_blob_that_cannot_be_mounted_is_uploaded() throws Exception {
    String elsewhere = dock.blob(dock.other, "elsewhere");
    for (String query :
        new String[] {
          "?mount=" + dock.ghost() + "&from=" + dock.other,
          "?mount=" + dock.ghost(),
          "?mount=" + elsewhere + "&from=nowhere",
        }) {
      var begun = dock.call("POST", "blobs/uploads/" + query);
      assertThat(begun.statusCode()).isEqualTo(202);
      assertEnds(header(begun, "location"), "mine", "mine");
    }
  }

  @Test
  void an_algorithm_that_is_not_taken_is_refused() throws Exception {
    var begun = dock.call("POST", "blobs/uploads/?digest-algorithm=md5");
    assertThat(begun.statusCode()).isEqualTo(400);
    assertThat(error(begun)).isEqualTo("DIGEST_INVALID");
  }

  /** The kinds of content that the suite pushes. */
  private String content(String kind) throws Exception {
    String image = dock.image("inner", "");
    String empty = dock.descriptor(Dock.EMPTY, "{}", ",\"data\":\"e30=\"");
    dock.blob("{}");
    String type = ",\"artifactType\":\"application/vnd.example\"";
    return switch (kind) {
      case "image" -> image;
      case "custom fields" -> dock.image("custom", ",\"org.example\":{\"b\":[1, null]}");
      case "image with subject" -> dock.image("about", dock.subject(image));
      case "subject that is missing" -> dock.image("about", dock.subject(image + ' '));
      case "artifact" -> Dock.manifest(empty, '[' + empty + ']', type);
      case "no layers" -> Dock.manifest(empty, "[]", "");
      case "layer of no bytes" -> {
        dock.blob("");
        yield Dock.manifest(empty, '[' + dock.descriptor(Dock.LAYER, "", "") + ']', "");
      }
      case "layer that is not distributed" ->
          Dock.manifest(
              empty,
              "["
                  + dock.descriptor(
                      "application/vnd.oci.image.layer.nondistributable.v1.tar",
                      "far away",
                      ",\"urls\":[\"https://example.com/far\"]")
                  + ']',
              "");
      case "empty index" -> dock.index(Wharf.MANIFEST, image, "").replaceAll("\\[.*]", "[]");
      default -> index(kind, image, type);
    };
  }

  private String index(String kind, String image, String artifact) throws Exception {
    dock.pushed(image);
    String index = dock.index(Wharf.MANIFEST, image, "");
    return switch (kind) {
      case "index" -> index;
      case "nested index" -> {
        dock.pushed(index);
        yield dock.index(Wharf.INDEX, index, "");
      }
      case "artifact index" -> dock.index(Wharf.MANIFEST, image, artifact);
      case "index with subject" -> dock.index(Wharf.MANIFEST, image, dock.subject(image));
      default -> throw new IllegalArgumentException(kind);
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "image", "custom fields", "image with subject", "subject that is missing", "artifact",
        "no layers", "layer of no bytes", "layer that is not distributed", "index", "empty index",
        "nested index", "artifact index", "index with subject",
      })
  void every_kind_of_manifest_is_taken_by_digest_and_by_tag(String kind) throws Exception {
    String content = content(kind);
    String digest = dock.digest(content);
    for (String reference : new String[] {digest, "tag"}) {
      var put = dock.put(reference, content);
      assertThat(put.statusCode()).isEqualTo(201);
      String named = header(put, "docker-content-digest");
      assertThat(header(put, "location")).isEqualTo(dock.at("manifests/" + named));
      var subject = Json.parse(content).at("subject");
      assertThat(header(put, "oci-subject")).isEqualTo(subject.at("digest").text());
      var got = dock.call("GET", "manifests/" + reference);
      assertThat(new String(got.body(), UTF_8)).isEqualTo(content);
      assertThat(header(got, "docker-content-digest")).isEqualTo(named);
    }
    assertThat(header(dock.put(digest, content), "docker-content-digest")).isEqualTo(digest);
  }

  @Test
  void a_manifest_pushed_by_its_digest_is_tagged_on_the_way() throws Exception {
    String manifest = dock.image("layer", "");
    var put = dock.put(dock.digest(manifest) + "?tag=a&tag=b", manifest);
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(put.headers().allValues("oci-tag")).containsExactly("a", "b");
    assertThat(dock.call("HEAD", "manifests/a").statusCode()).isEqualTo(200);
    assertThat(dock.call("HEAD", "manifests/b").statusCode()).isEqualTo(200);
    String many = "?tag=x" + "&tag=x".repeat(32);
    assertThat(dock.put(dock.digest(manifest) + many, manifest).statusCode()).isEqualTo(414);
  }
}
