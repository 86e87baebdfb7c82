package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

/** What the OCI's conformance suite asks of the management of content. */
@ParameterizedClass(name = "{0} {1}")
@CsvSource({"HTTP_1_1, SHA256", "HTTP_1_1, SHA512", "HTTP_2, SHA256", "HTTP_2, SHA512"})
class ManagementConformanceTest {
  @TempDir private static Path directory;
  private static Wharf wharf;

  private final Version version;
  private final Algorithm algorithm;
  private Dock dock;

  ManagementConformanceTest(Version version, Algorithm algorithm) {
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

  private void assertGone(String path) throws Exception {
    for (String method : new String[] {"GET", "HEAD", "DELETE"}) {
      assertThat(dock.call(method, path).statusCode()).isEqualTo(404);
    }
  }

  private void delete(String path) throws Exception {
    assertThat(dock.call("DELETE", path).statusCode()).isEqualTo(202);
  }

  @Test
  void a_tag_is_deleted_alone() throws Exception {
    String manifest = dock.image("layer", "");
    dock.put("a", manifest);
    dock.put("b", manifest);
    delete("manifests/a");
    assertGone("manifests/a");
    assertThat(json(dock.call("GET", "tags/list")).at("tags").texts()).containsExactly("b");
    assertThat(dock.call("GET", "manifests/b").statusCode()).isEqualTo(200);
  }

  @Test
  void a_manifest_is_deleted_by_its_digest_with_all_its_tags() throws Exception {
    String manifest = dock.image("layer", "");
    String digest = dock.pushed(manifest);
    dock.put(digest + "?tag=a&tag=b", manifest);
    delete("manifests/" + digest);
    assertGone("manifests/" + digest);
    assertGone("manifests/a");
    assertGone("manifests/b");
    assertThat(json(dock.call("GET", "tags/list")).at("tags").texts()).isEmpty();
    assertThat(error(dock.call("GET", "manifests/a"))).isEqualTo("MANIFEST_UNKNOWN");
    dock.pushed(manifest);
    assertThat(dock.call("GET", "manifests/" + digest).statusCode()).isEqualTo(200);
  }

  @Test
  void an_index_is_deleted_before_what_it_lists() throws Exception {
    String image = dock.image("layer", "");
    String child = dock.pushed(image);
    String index = dock.pushed(dock.index(Wharf.MANIFEST, image, ""));
    var early = dock.call("DELETE", "manifests/" + child);
    assertThat(early.statusCode()).isEqualTo(405);
    assertThat(error(early)).isEqualTo("UNSUPPORTED");
    delete("manifests/" + index);
    delete("manifests/" + child);
    assertGone("manifests/" + child);
  }

  @Test
  void a_blob_is_deleted_at_once() throws Exception {
    String digest = dock.blob("short-lived");
    delete("blobs/" + digest);
    assertGone("blobs/" + digest);
    assertThat(error(dock.call("GET", "blobs/" + digest))).isEqualTo("BLOB_UNKNOWN");
    assertThat(dock.blob("short-lived")).isEqualTo(digest);
    assertThat(dock.call("GET", "blobs/" + digest).statusCode()).isEqualTo(200);
  }

  @Test
  void a_blob_is_deleted_once_no_image_has_it() throws Exception {
    String manifest = dock.pushed(dock.image("layer", ""));
    String blob = "blobs/" + dock.digest("layer");
    assertThat(dock.call("DELETE", blob).statusCode()).isEqualTo(405);
    delete("manifests/" + manifest);
    delete(blob);
    assertGone(blob);
  }

  @Test
  void a_blob_that_is_deleted_in_one_repository_stays_in_another() throws Exception {
    String digest = dock.blob("shared");
    dock.blob(dock.other, "shared");
    delete("blobs/" + digest);
    String other = "/v2/" + dock.other + "/blobs/" + digest;
    assertThat(new String(dock.call("GET", other).body(), UTF_8)).isEqualTo("shared");
  }
}
