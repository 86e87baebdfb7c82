package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.digest;
import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static dev.longshore.server.registry.Wharf.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the OCI's conformance suite asks of manifests, discovery and management. */
class ManifestsTest {
  private static final String GHOST = "sha256:" + "0".repeat(64);

  @TempDir private static Path directory;
  private static Wharf wharf;
  private static int count;

  /** A repository of the test's own. */
  private String repo = "";

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
    wharf.with(repo);
  }

  @Test
  void a_manifest_comes_back_as_it_was_pushed_by_tag_and_by_digest() throws Exception {
    byte[] manifest = wharf.image(repo, "layer", ",\"custom\":{\"b\":1, \"a\":[2]}");
    var put = wharf.put(repo, "v1", manifest);
    assertThat(put.statusCode()).isEqualTo(201);
    String digest = digest(manifest);
    assertThat(header(put, "docker-content-digest")).isEqualTo(digest);
    assertThat(header(put, "location")).isEqualTo("/v2/" + repo + "/manifests/" + digest);
    for (String reference : new String[] {"v1", digest}) {
      var got = wharf.call("GET", "/v2/" + repo + "/manifests/" + reference);
      assertThat(got.body()).isEqualTo(manifest);
      assertThat(header(got, "content-type")).isEqualTo(Wharf.MANIFEST);
      assertThat(header(got, "docker-content-digest")).isEqualTo(digest);
      var head = wharf.call("HEAD", "/v2/" + repo + "/manifests/" + reference);
      assertThat(head.statusCode()).isEqualTo(200);
      assertThat(header(head, "content-length")).isEqualTo(Integer.toString(manifest.length));
    }
  }

  @Test
  void a_manifest_is_pushed_by_digest_and_tagged_on_the_way() throws Exception {
    byte[] manifest = wharf.image(repo, "layer", "");
    String digest = digest(manifest);
    var put = wharf.put(repo, digest + "?tag=a&tag=b", manifest);
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(put.headers().allValues("oci-tag")).containsExactly("a", "b");
    assertThat(wharf.put(repo, GHOST, manifest).statusCode()).isEqualTo(400);
    String sha512 = Digest.of(Algorithm.SHA512, manifest).toString();
    assertThat(wharf.put(repo, sha512, manifest).statusCode()).isEqualTo(201);
    assertThat(wharf.call("GET", "/v2/" + repo + "/manifests/" + sha512).body())
        .isEqualTo(manifest);
  }

  @Test
  void a_manifest_without_layers_and_one_with_layers_from_elsewhere_are_taken() throws Exception {
    String config = wharf.blob(repo, "{}");
    String head = "{\"schemaVersion\":2,\"config\":";
    String empty = Wharf.descriptor("application/vnd.oci.empty.v1+json", config, 2, null);
    byte[] bare = (head + empty + ",\"layers\":[]}").getBytes(UTF_8);
    assertThat(wharf.put(repo, "bare", bare).statusCode()).isEqualTo(201);
    String foreign =
        Wharf.descriptor("application/vnd.oci.image.layer.nondistributable.v1.tar", GHOST, 5, null);
    byte[] manifest = (head + empty + ",\"layers\":[" + foreign + "]}").getBytes(UTF_8);
    assertThat(wharf.put(repo, "foreign", manifest).statusCode()).isEqualTo(201);
  }

  @Test
  void a_manifest_whose_parts_are_missing_is_refused() throws Exception {
    byte[] manifest =
        new String(wharf.image(repo, "layer", ""), UTF_8)
            .replace(digest("layer".getBytes(UTF_8)), GHOST)
            .getBytes(UTF_8);
    var put = wharf.put(repo, "v1", manifest);
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(error(put)).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    String child = Wharf.descriptor(Wharf.MANIFEST, GHOST, 5, null);
    byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + child + "]}").getBytes(UTF_8);
    assertThat(error(wharf.put(repo, "v2", index, Wharf.INDEX))).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    assertThat(wharf.call("HEAD", "/v2/" + repo + "/manifests/v1").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"schemaVersion\":1}",
        "{\"schemaVersion\":2}",
        "{\"schemaVersion\":2,\"config\":{\"digest\":\"x\"},\"layers\":[]}",
        "{\"schemaVersion\":2,\"mediaType\":\"text/plain\",\"layers\":[]}",
      })
  void what_is_no_manifest_is_refused(String text) throws Exception {
    var put = wharf.put(repo, "v1", text.getBytes(UTF_8));
    assertThat(put.statusCode()).isEqualTo(400);
    assertThat(error(put)).isEqualTo("MANIFEST_INVALID");
  }

  @Test
  void what_is_too_large_too_deep_or_of_an_unknown_type_is_refused() throws Exception {
    assertThat(wharf.put(repo, "v1", new byte[(4 << 20) + 1]).statusCode()).isEqualTo(413);
    assertThat(error(wharf.put(repo, "v1", "[".repeat(1 << 20).getBytes(UTF_8))))
        .isEqualTo("MANIFEST_INVALID");
    byte[] plain = "{\"schemaVersion\":2}".getBytes(UTF_8);
    assertThat(error(wharf.put(repo, "v1", plain, "text/plain"))).isEqualTo("MANIFEST_INVALID");
    assertThat(error(wharf.put(repo, "-bad", plain))).isEqualTo("TAG_INVALID");
  }

  @Test
  void an_index_lists_its_images_and_may_be_listed_itself() throws Exception {
    byte[] image = wharf.image(repo, "layer", "");
    wharf.put(repo, digest(image), image);
    String child = Wharf.descriptor(Wharf.MANIFEST, digest(image), image.length, null);
    byte[] index = ("{\"schemaVersion\":2,\"manifests\":[" + child + "]}").getBytes(UTF_8);
    assertThat(wharf.put(repo, "multi", index, Wharf.INDEX).statusCode()).isEqualTo(201);
    String nested = Wharf.descriptor(Wharf.INDEX, digest(index), index.length, null);
    byte[] outer = ("{\"schemaVersion\":2,\"manifests\":[" + nested + "]}").getBytes(UTF_8);
    assertThat(wharf.put(repo, "outer", outer, Wharf.INDEX).statusCode()).isEqualTo(201);
    var got = wharf.call("GET", "/v2/" + repo + "/manifests/multi");
    assertThat(header(got, "content-type")).isEqualTo(Wharf.INDEX);
    assertThat(wharf.call("DELETE", "/v2/" + repo + "/manifests/" + digest(image)).statusCode())
        .isEqualTo(405);
  }

  @Test
  void tags_are_listed_page_by_page_in_order() throws Exception {
    byte[] manifest = wharf.image(repo, "layer", "");
    for (String tag : new String[] {"v3", "v1", "latest", "v2", "V0"}) {
      wharf.put(repo, tag, manifest);
    }
    String list = "/v2/" + repo + "/tags/list";
    Json all = json(wharf.call("GET", list));
    assertThat(all.at("name").text()).isEqualTo(repo);
    assertThat(all.at("tags").texts()).containsExactly("V0", "latest", "v1", "v2", "v3");
    var first = wharf.call("GET", list + "?n=2");
    assertThat(json(first).at("tags").texts()).containsExactly("V0", "latest");
    assertThat(header(first, "link")).isEqualTo("<" + list + "?last=latest&n=2>; rel=\"next\"");
    var last = wharf.call("GET", list + "?n=3&last=latest");
    assertThat(json(last).at("tags").texts()).containsExactly("v1", "v2", "v3");
    assertThat(header(last, "link")).isEmpty();
    var none = wharf.call("GET", list + "?n=0");
    assertThat(json(none).at("tags").texts()).isEmpty();
    assertThat(header(none, "link")).isEmpty();
    assertThat(wharf.call("GET", list + "?n=x").statusCode()).isEqualTo(400);
    var nowhere = wharf.call("GET", "/v2/nowhere/tags/list");
    assertThat(nowhere.statusCode()).isEqualTo(404);
    assertThat(error(nowhere)).isEqualTo("NAME_UNKNOWN");
  }

  @Test
  void referrers_are_found_by_their_subject_even_before_it_is_pushed() throws Exception {
    byte[] image = wharf.image(repo, "layer", "");
    String subject =
        ",\"subject\":" + Wharf.descriptor(Wharf.MANIFEST, digest(image), image.length, null);
    byte[] signature =
        wharf.image(
            repo,
            "signature",
            ",\"artifactType\":\"application/x-sig\",\"annotations\":{\"k\":\"v\"}" + subject);
    byte[] plain = wharf.image(repo, "other", subject);
    var put = wharf.put(repo, digest(signature), signature);
    assertThat(put.statusCode()).isEqualTo(201);
    assertThat(header(put, "oci-subject")).isEqualTo(digest(image));
    wharf.put(repo, "plain", plain);
    wharf.put(repo, "v1", image);
    String path = "/v2/" + repo + "/referrers/" + digest(image);
    var all = wharf.call("GET", path);
    assertThat(header(all, "content-type")).isEqualTo(Wharf.INDEX);
    assertThat(json(all).at("manifests").elements())
        .extracting(each -> each.at("digest").text())
        .containsExactlyInAnyOrder(digest(signature), digest(plain));
    var some = wharf.call("GET", path + "?artifactType=application%2Fx-sig");
    assertThat(header(some, "oci-filters-applied")).isEqualTo("artifactType");
    Json found = json(some).at("manifests").elements().getFirst();
    assertThat(json(some).at("manifests").elements()).hasSize(1);
    assertThat(found.at("artifactType").text()).isEqualTo("application/x-sig");
    assertThat(found.at("size").number()).isEqualTo(signature.length);
    assertThat(found.at("annotations", "k").text()).isEqualTo("v");
    assertThat(json(all).at("manifests").elements())
        .extracting(each -> each.at("artifactType").text())
        .contains("application/vnd.oci.image.config.v1+json");
  }

  @Test
  void an_unknown_subject_has_no_referrers_and_an_impossible_one_is_refused() throws Exception {
    var none = wharf.call("GET", "/v2/" + repo + "/referrers/" + GHOST);
    assertThat(none.statusCode()).isEqualTo(200);
    assertThat(json(none).at("manifests").elements()).isEmpty();
    assertThat(wharf.call("GET", "/v2/" + repo + "/referrers/bad").statusCode()).isEqualTo(400);
  }

  @Test
  void a_tag_is_deleted_alone_and_a_digest_with_all_its_tags() throws Exception {
    byte[] manifest = wharf.image(repo, "layer", "");
    wharf.put(repo, "a", manifest);
    wharf.put(repo, "b", manifest);
    String at = "/v2/" + repo + "/manifests/";
    assertThat(wharf.call("DELETE", at + "a").statusCode()).isEqualTo(202);
    assertThat(wharf.call("GET", at + "a").statusCode()).isEqualTo(404);
    assertThat(wharf.call("GET", at + "b").statusCode()).isEqualTo(200);
    assertThat(wharf.call("DELETE", at + digest(manifest)).statusCode()).isEqualTo(202);
    assertThat(error(wharf.call("GET", at + "b"))).isEqualTo("MANIFEST_UNKNOWN");
    assertThat(wharf.call("DELETE", at + digest(manifest)).statusCode()).isEqualTo(404);
  }

  @Test
  void a_blob_is_deleted_once_no_image_has_it() throws Exception {
    byte[] manifest = wharf.image(repo, "layer", "");
    wharf.put(repo, "a", manifest);
    String blob = "/v2/" + repo + "/blobs/" + digest("layer".getBytes(UTF_8));
    assertThat(wharf.call("DELETE", blob).statusCode()).isEqualTo(405);
    wharf.call("DELETE", "/v2/" + repo + "/manifests/" + digest(manifest));
    assertThat(wharf.call("DELETE", blob).statusCode()).isEqualTo(202);
    assertThat(wharf.call("GET", blob).statusCode()).isEqualTo(404);
    assertThat(wharf.call("DELETE", blob).statusCode()).isEqualTo(404);
  }
}
