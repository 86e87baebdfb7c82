package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.digest;
import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static dev.longshore.server.registry.Wharf.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the OCI's conformance suite asks of blobs, of names and of rights. */
class BlobsTest {
  private static final String GHOST = "sha256:" + "0".repeat(64);

  @TempDir private static Path directory;
  private static Wharf wharf;
  private static int count;

  /** A repository of the test's own, and another. */
  private String repo = "";

  private String other = "";

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
    repo = "team/app-" + ++count;
    other = "other-" + count;
    wharf.with(repo, other);
  }

  private String begin(String more) throws Exception {
    var begun = wharf.call("POST", "/v2/" + repo + "/blobs/uploads/" + more);
    assertThat(begun.statusCode()).isEqualTo(202);
    assertThat(header(begun, "range")).isEqualTo("0-0");
    assertThat(header(begun, "docker-upload-uuid")).isNotEmpty();
    return header(begun, "location");
  }

  private void assertHeld(String digest, String text) throws Exception {
    var got = wharf.call("GET", "/v2/" + repo + "/blobs/" + digest);
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(new String(got.body(), UTF_8)).isEqualTo(text);
    assertThat(header(got, "docker-content-digest")).isEqualTo(digest);
    var head = wharf.call("HEAD", "/v2/" + repo + "/blobs/" + digest);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(header(head, "content-length")).isEqualTo(Integer.toString(text.length()));
    assertThat(header(head, "docker-content-digest")).isEqualTo(digest);
  }

  private int held(String digest) throws Exception {
    return wharf.call("HEAD", "/v2/" + repo + "/blobs/" + digest).statusCode();
  }

  @Test
  void a_blob_is_pushed_by_post_then_put() throws Exception {
    String digest = digest("hello".getBytes(UTF_8));
    var put = wharf.call("PUT", begin("") + "?digest=" + digest, "hello".getBytes(UTF_8));
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(header(put, "location")).isEqualTo("/v2/" + repo + "/blobs/" + digest);
    assertThat(header(put, "docker-content-digest")).isEqualTo(digest);
    assertHeld(digest, "hello");
  }

  @Test
  void a_blob_is_pushed_by_a_single_post() throws Exception {
    assertHeld(wharf.blob(repo, "at once"), "at once");
  }

  @Test
  void a_blob_is_pushed_as_one_stream() throws Exception {
    String at = begin("");
    var patch = wharf.call("PATCH", at, "streamed".getBytes(UTF_8));
    assertThat(patch.statusCode()).isEqualTo(202);
    assertThat(header(patch, "range")).isEqualTo("0-7");
    String digest = digest("streamed".getBytes(UTF_8));
    var put = wharf.call("PUT", header(patch, "location") + "?digest=" + digest);
    assertThat(put.statusCode()).isEqualTo(201);
    assertHeld(digest, "streamed");
  }

  @Test
  void a_chunk_out_of_order_is_refused_and_the_upload_goes_on_where_it_was() throws Exception {
    String at = begin("");
    byte[] chunk = "0123456789".getBytes(UTF_8);
    var first = wharf.call("PATCH", at, chunk, "Content-Range", "0-9");
    assertThat(header(first, "range")).isEqualTo("0-9");
    var wrong = wharf.call("PATCH", at, chunk, "Content-Range", "20-29");
    assertThat(wrong.statusCode()).isEqualTo(416);
    assertThat(header(wrong, "range")).isEqualTo("0-9");
    var status = wharf.call("GET", at);
    assertThat(status.statusCode()).isEqualTo(204);
    assertThat(header(status, "range")).isEqualTo("0-9");
    assertThat(header(status, "location")).isEqualTo(at);
    String digest = digest("01234567890123456789".getBytes(UTF_8));
    var put = wharf.call("PUT", at + "?digest=" + digest, chunk, "Content-Range", "10-19");
    assertThat(put.statusCode()).isEqualTo(201);
    assertHeld(digest, "01234567890123456789");
  }

  @Test
  void a_chunk_that_is_not_as_long_as_its_range_is_refused() throws Exception {
    String at = begin("");
    var wrong = wharf.call("PATCH", at, "abc".getBytes(UTF_8), "Content-Range", "0-9");
    assertThat(wrong.statusCode()).isEqualTo(416);
    assertThat(header(wharf.call("GET", at), "range")).isEqualTo("0-0");
  }

  @Test
  void a_wrong_digest_is_refused_and_nothing_is_stored() throws Exception {
    String at = begin("");
    var put = wharf.call("PUT", at + "?digest=" + GHOST, "hello".getBytes(UTF_8));
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(error(put)).isEqualTo("DIGEST_INVALID");
    assertThat(held(GHOST)).isEqualTo(404);
    assertThat(wharf.call("GET", at).statusCode()).isEqualTo(404);
    var post = "/v2/" + repo + "/blobs/uploads/?digest=";
    assertThat(error(wharf.call("POST", post + GHOST, "x".getBytes(UTF_8))))
        .isEqualTo("DIGEST_INVALID");
    assertThat(error(wharf.call("POST", post + "sha256:1", "x".getBytes(UTF_8))))
        .isEqualTo("DIGEST_INVALID");
    assertThat(error(wharf.call("PUT", begin(""), "x".getBytes(UTF_8))))
        .isEqualTo("DIGEST_INVALID");
  }

  @Test
  void an_upload_can_be_cancelled() throws Exception {
    String at = begin("");
    assertThat(wharf.call("DELETE", at).statusCode()).isEqualTo(204);
    var gone = wharf.call("PATCH", at, "x".getBytes(UTF_8));
    assertThat(gone.statusCode()).isEqualTo(404);
    assertThat(error(gone)).isEqualTo("BLOB_UPLOAD_UNKNOWN");
  }

  @Test
  void an_upload_of_one_repository_is_unknown_in_another() throws Exception {
    String at = begin("").replace(repo, other);
    assertThat(wharf.call("GET", at).statusCode()).isEqualTo(404);
  }

  @Test
  void a_blob_may_be_named_by_its_sha512() throws Exception {
    String digest = Digest.of(Algorithm.SHA512, "long".getBytes(UTF_8)).toString();
    String at = begin("?digest-algorithm=sha512");
    var put = wharf.call("PUT", at + "?digest=" + digest, "long".getBytes(UTF_8));
    assertThat(put.statusCode()).isEqualTo(201);
    assertHeld(digest, "long");
    var unknown = wharf.call("POST", "/v2/" + repo + "/blobs/uploads/?digest-algorithm=md5");
    assertThat(unknown.statusCode()).isEqualTo(400);
  }

  @Test
  void a_blob_may_have_no_bytes() throws Exception {
    assertHeld(wharf.blob(repo, ""), "");
  }

  @Test
  void a_blob_is_mounted_from_where_it_is_and_uploaded_where_it_is_not() throws Exception {
    String digest = wharf.blob(other, "shared");
    assertThat(held(digest)).isEqualTo(404);
    String post = "/v2/" + repo + "/blobs/uploads/?mount=" + digest;
    var mounted = wharf.call("POST", post + "&from=" + other);
    assertThat(mounted.statusCode()).isEqualTo(201);
    assertThat(header(mounted, "docker-content-digest")).isEqualTo(digest);
    assertHeld(digest, "shared");
    String ghost = "/v2/" + repo + "/blobs/uploads/?mount=" + GHOST + "&from=" + other;
    assertThat(wharf.call("POST", ghost).statusCode()).isEqualTo(202);
    var absent = wharf.call("POST", post + "&from=nowhere");
    assertThat(absent.statusCode()).isEqualTo(202);
    assertThat(header(absent, "location")).contains("/blobs/uploads/");
    assertThat(wharf.call("POST", post).statusCode()).isEqualTo(201);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-3, 206, 0123, bytes 0-3/10",
    "bytes=4-5, 206, 45, bytes 4-5/10",
    "bytes=7-, 206, 789, bytes 7-9/10",
    "bytes=-2, 206, 89, bytes 8-9/10",
    "bytes=5-99, 206, 56789, bytes 5-9/10",
    "bytes=-99, 206, 0123456789, bytes 0-9/10",
    "'bytes=0-1,3-4', 200, 0123456789, ''",
    "lines=0-1, 200, 0123456789, ''",
  })
  void a_part_of_a_blob_is_read(String range, int status, String text, String told)
      throws Exception {
    String digest = wharf.blob(repo, "0123456789");
    var got = wharf.call("GET", "/v2/" + repo + "/blobs/" + digest, "Range", range);
    assertThat(got.statusCode()).isEqualTo(status);
    assertThat(new String(got.body(), UTF_8)).isEqualTo(text);
    assertThat(header(got, "content-range")).isEqualTo(told);
  }

  @Test
  void a_part_beyond_a_blobs_end_is_refused() throws Exception {
    String digest = wharf.blob(repo, "0123456789");
    var got = wharf.call("GET", "/v2/" + repo + "/blobs/" + digest, "Range", "bytes=10-");
    assertThat(got.statusCode()).isEqualTo(416);
    assertThat(header(got, "content-range")).isEqualTo("bytes */10");
  }

  @Test
  void an_unknown_blob_is_not_found_and_an_impossible_one_refused() throws Exception {
    var ghost = wharf.call("GET", "/v2/" + repo + "/blobs/" + GHOST);
    assertThat(ghost.statusCode()).isEqualTo(404);
    assertThat(error(ghost)).isEqualTo("BLOB_UNKNOWN");
    var bad = wharf.call("GET", "/v2/" + repo + "/blobs/sha256:abc");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(error(bad)).isEqualTo("DIGEST_INVALID");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/UPPER/tags/list, 400, NAME_INVALID",
    "/v2/a/../b/tags/list, 400, NAME_INVALID",
    "/v2/%2e%2e/%2e%2e/etc/blobs/x, 400, NAME_INVALID",
    "/v2/a%00b/manifests/x, 400, NAME_INVALID",
    "/v2/absent/manifests/x, 404, NAME_UNKNOWN",
    "/v2/absent/blobs/uploads/, 404, NAME_UNKNOWN",
    "/v2/some/path, 404, NAME_UNKNOWN",
  })
  void names_that_are_none_are_refused(String path, int status, String code) throws Exception {
    var got = wharf.call("GET", path);
    assertThat(got.statusCode()).isEqualTo(status);
    assertThat(error(got)).isEqualTo(code);
  }

  @Test
  void a_push_to_an_absent_repository_is_told_so_in_amazons_words() throws Exception {
    var post = wharf.call("POST", "/v2/absent/blobs/uploads/");
    assertThat(post.statusCode()).isEqualTo(404);
    assertThat(json(post).at("errors").elements().getFirst().at("message").text())
        .isEqualTo(
            "The repository with name 'absent' does not exist in the registry with id"
                + " '123456789012'");
  }

  @Test
  void nobody_gets_in_without_a_token() throws Exception {
    try {
      for (String header :
          new String[] {"", "Bearer x", "Basic !", Wharf.basic("AWS:x.y"), Wharf.basic("me:x")}) {
        wharf.authorization(header);
        var got = wharf.call("GET", "/v2/");
        assertThat(got.statusCode()).isEqualTo(401);
        assertThat(header(got, "www-authenticate"))
            .isEqualTo(
                "Basic realm=\"http://" + wharf.host() + "/\",service=\"ecr.amazonaws.com\"");
      }
    } finally {
      wharf.with();
    }
    var got = wharf.call("GET", "/v2/");
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(header(got, "docker-distribution-api-version")).isEqualTo("registry/2.0");
  }

  @Test
  void the_catalog_is_paged() throws Exception {
    var first = wharf.call("GET", "/v2/_catalog?n=1");
    assertThat(json(first).at("repositories").texts()).hasSize(1);
    assertThat(header(first, "link")).contains("rel=\"next\"");
    assertThat(json(wharf.call("GET", "/v2/_catalog")).at("repositories").texts())
        .contains(repo, other);
  }

  @ParameterizedTest
  @CsvSource({
    "PATCH, /v2/",
    "POST, /v2/_catalog",
    "PUT, /v2/REPO/tags/list",
    "PATCH, /v2/REPO/manifests/x",
    "PUT, /v2/REPO/blobs/x",
    "GET, /v2/REPO/blobs/uploads/",
    "POST, /v2/REPO/referrers/x",
  })
  void methods_that_are_not_of_the_protocol_are_refused(String method, String path)
      throws Exception {
    var got = wharf.call(method, path.replace("REPO", repo));
    assertThat(got.statusCode()).isEqualTo(405);
    assertThat(error(got)).isEqualTo("UNSUPPORTED");
  }
}
