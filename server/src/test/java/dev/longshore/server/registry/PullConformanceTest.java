package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the OCI's conformance suite asks of pulls. */
@ParameterizedClass(name = "{0} {1}")
@CsvSource({"HTTP_1_1, SHA256", "HTTP_1_1, SHA512", "HTTP_2, SHA256", "HTTP_2, SHA512"})
class PullConformanceTest {
  @TempDir private static Path directory;
  private static Wharf wharf;

  private final Version version;
  private final Algorithm algorithm;
  private Dock dock;

  PullConformanceTest(Version version, Algorithm algorithm) {
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

  @Test
  void a_manifest_is_pulled_by_tag_and_by_digest_as_it_was_pushed() throws Exception {
    String manifest = dock.image("layer", ",\"custom\":{\"b\":1, \"a\":[2]}");
    String digest = dock.pushed(manifest);
    dock.put("v1", manifest);
    for (String reference : new String[] {"v1", digest}) {
      var got = dock.call("GET", "manifests/" + reference, "Accept", "application/json, */*");
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(new String(got.body(), UTF_8)).isEqualTo(manifest);
      var head = dock.call("HEAD", "manifests/" + reference);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (var answer : List.of(got, head)) {
        assertThat(header(answer, "content-type")).isEqualTo(Wharf.MANIFEST);
        assertThat(header(answer, "content-length")).isEqualTo(Integer.toString(manifest.length()));
      }
    }
    // A tag stands for the digest that it was pushed by last: without one, for the SHA-256.
    assertThat(header(dock.call("HEAD", "manifests/" + digest), "docker-content-digest"))
        .isEqualTo(digest);
    assertThat(header(dock.call("HEAD", "manifests/v1"), "docker-content-digest"))
        .isEqualTo(Wharf.digest(manifest.getBytes(UTF_8)));
  }

  @Test
  void a_manifest_that_is_not_there_is_unknown() throws Exception {
    for (String reference : new String[] {"v1", dock.ghost()}) {
      var got = dock.call("GET", "manifests/" + reference);
      assertThat(got.statusCode()).isEqualTo(404);
      assertThat(error(got)).isEqualTo("MANIFEST_UNKNOWN");
      var head = dock.call("HEAD", "manifests/" + reference);
      assertThat(head.statusCode()).isEqualTo(404);
      assertThat(head.body()).isEmpty();
    }
  }

  @Test
  void a_blob_is_pulled_and_looked_at() throws Exception {
    for (String text : new String[] {"hello", "", "x".repeat(3 << 20)}) {
      String digest = dock.blob(text);
      var got = dock.call("GET", "blobs/" + digest);
      assertThat(got.statusCode()).isEqualTo(200);
      assertThat(new String(got.body(), UTF_8)).isEqualTo(text);
      var head = dock.call("HEAD", "blobs/" + digest);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(head.body()).isEmpty();
      for (var answer : List.of(got, head)) {
        assertThat(header(answer, "content-length")).isEqualTo(Integer.toString(text.length()));
        assertThat(header(answer, "docker-content-digest")).isEqualTo(digest);
      }
    }
  }

  @Test
  void a_blob_that_is_not_there_is_unknown_and_a_digest_that_is_none_refused() throws Exception {
    var ghost = dock.call("GET", "blobs/" + dock.ghost());
    assertThat(ghost.statusCode()).isEqualTo(404);
    assertThat(error(ghost)).isEqualTo("BLOB_UNKNOWN");
    assertThat(dock.call("HEAD", "blobs/" + dock.ghost()).statusCode()).isEqualTo(404);
    var bad = dock.call("GET", "blobs/" + algorithm.label() + ":abc");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(error(bad)).isEqualTo("DIGEST_INVALID");
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
  void a_part_of_a_blob_is_pulled(String range, int status, String text, String told)
      throws Exception {
    String digest = dock.blob("0123456789");
    var got = dock.call("GET", "blobs/" + digest, "Range", range);
    assertThat(got.statusCode()).isEqualTo(status);
    assertThat(new String(got.body(), UTF_8)).isEqualTo(text);
    assertThat(header(got, "content-length")).isEqualTo(Integer.toString(text.length()));
    assertThat(header(got, "content-range")).isEqualTo(told);
  }

  @Test
  void a_part_beyond_a_blobs_end_is_refused() throws Exception {
    String digest = dock.blob("0123456789");
    var got = dock.call("GET", "blobs/" + digest, "Range", "bytes=10-");
    assertThat(got.statusCode()).isEqualTo(416);
    assertThat(header(got, "content-range")).isEqualTo("bytes */10");
  }

  @Test
  void the_protocols_version_is_told() throws Exception {
    var got = dock.call("GET", "/v2/");
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(new String(got.body(), UTF_8)).isEqualTo("{}");
    assertThat(header(got, "docker-distribution-api-version")).isEqualTo("registry/2.0");
  }
}
