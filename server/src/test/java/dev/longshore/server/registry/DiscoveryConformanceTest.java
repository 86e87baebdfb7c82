package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static dev.longshore.server.registry.Wharf.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the OCI's conformance suite asks of the discovery of content. */
@ParameterizedClass(name = "{0} {1}")
@CsvSource({"HTTP_1_1, SHA256", "HTTP_1_1, SHA512", "HTTP_2, SHA256", "HTTP_2, SHA512"})
class DiscoveryConformanceTest {
  @TempDir private static Path directory;
  private static Wharf wharf;

  private final Version version;
  private final Algorithm algorithm;
  private Dock dock;

  DiscoveryConformanceTest(Version version, Algorithm algorithm) {
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

  private List<String> tags(HttpResponse<byte[]> page) {
    return json(page).at("tags").texts();
  }

  @Test
  void tags_are_listed_in_order() throws Exception {
    assertThat(tags(dock.call("GET", "tags/list"))).isEmpty();
    String manifest = dock.image("layer", "");
    for (String tag : new String[] {"v3", "v1", "latest", "v2", "V0"}) {
      dock.put(tag, manifest);
    }
    var all = dock.call("GET", "tags/list");
    assertThat(all.statusCode()).isEqualTo(200);
    assertThat(header(all, "content-type")).startsWith("application/json");
    assertThat(json(all).at("name").text()).isEqualTo(dock.repo);
    assertThat(tags(all)).containsExactly("V0", "latest", "v1", "v2", "v3");
    assertThat(header(all, "link")).isEmpty();
  }

  @Test
  void tags_are_listed_page_by_page() throws Exception {
    String manifest = dock.image("layer", "");
    for (String tag : new String[] {"a", "b", "c", "d", "e"}) {
      dock.put(tag, manifest);
    }
    var first = dock.call("GET", "tags/list?n=2");
    assertThat(tags(first)).containsExactly("a", "b");
    assertThat(header(first, "link"))
        .isEqualTo("<" + dock.at("tags/list?last=b&n=2") + ">; rel=\"next\"");
    List<String> followed = new ArrayList<>(tags(first));
    for (String link = header(first, "link"); !link.isEmpty(); ) {
      var page = dock.call("GET", link.substring(1, link.indexOf('>')));
      followed.addAll(tags(page));
      link = header(page, "link");
    }
    assertThat(followed).containsExactly("a", "b", "c", "d", "e");
    assertThat(tags(dock.call("GET", "tags/list?n=3&last=c"))).containsExactly("d", "e");
    assertThat(tags(dock.call("GET", "tags/list?last=bb"))).containsExactly("c", "d", "e");
    var whole = dock.call("GET", "tags/list?n=5");
    assertThat(tags(whole)).hasSize(5);
    assertThat(header(whole, "link")).isEmpty();
    var none = dock.call("GET", "tags/list?n=0");
    assertThat(tags(none)).isEmpty();
    assertThat(header(none, "link")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "-1", "99999999999999"})
  void a_number_of_tags_that_is_none_is_refused(String number) throws Exception {
    var got = dock.call("GET", "tags/list?n=" + number);
    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(error(got)).isEqualTo("PAGINATION_NUMBER_INVALID");
  }

  @Test
  void tags_of_an_absent_repository_are_not_found() throws Exception {
    var got = dock.call("GET", "/v2/nowhere/tags/list");
    assertThat(got.statusCode()).isEqualTo(404);
    assertThat(error(got)).isEqualTo("NAME_UNKNOWN");
  }

  private List<Json> referrers(String query) throws Exception {
    var got = dock.call("GET", "referrers/" + query);
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(header(got, "content-type")).isEqualTo(Wharf.INDEX);
    Json index = json(got);
    assertThat(index.at("schemaVersion").number()).isEqualTo(2);
    assertThat(index.at("mediaType").text()).isEqualTo(Wharf.INDEX);
    assertThat(index.at("manifests")).isInstanceOf(Json.Items.class);
    return index.at("manifests").elements();
  }

  @Test
  void referrers_are_described_even_before_their_subject_is_pushed() throws Exception {
    String image = dock.image("layer", "");
    String subject = dock.subject(image);
    String type = ",\"artifactType\":\"application/x-sig\"";
    String signature = dock.image("signature", type + ",\"annotations\":{\"k\":\"v\"}" + subject);
    String plain = dock.image("plain", subject);
    dock.pushed(signature);
    dock.pushed(plain);
    assertThat(referrers(dock.digest(image))).hasSize(2);
    dock.pushed(image);
    assertThat(referrers(dock.digest(image)))
        .contains(
            Json.parse(
                dock.descriptor(
                    Wharf.MANIFEST, signature, type + ",\"annotations\":{\"k\":\"v\"}")),
            // An image that names no type of its own is of its configuration's.
            Json.parse(
                dock.descriptor(
                    Wharf.MANIFEST, plain, ",\"artifactType\":\"" + Dock.CONFIG + '"')));
  }

  @Test
  void an_index_that_refers_to_another_manifest_is_described_without_a_type() throws Exception {
    String image = dock.image("layer", "");
    dock.pushed(image);
    String index = dock.index(Wharf.MANIFEST, image, dock.subject(image));
    dock.pushed(index);
    assertThat(referrers(dock.digest(image)))
        .containsExactly(Json.parse(dock.descriptor(Wharf.INDEX, index, "")));
  }

  @Test
  void referrers_are_filtered_by_type() throws Exception {
    String image = dock.image("layer", "");
    String subject = dock.subject(image);
    String type = ",\"artifactType\":\"application/x-sig+json\"";
    String signature = dock.image("signature", type + subject);
    dock.pushed(signature);
    dock.pushed(dock.image("plain", subject));
    String query = dock.digest(image) + "?artifactType=application%2Fx-sig%2Bjson";
    assertThat(referrers(query))
        .containsExactly(Json.parse(dock.descriptor(Wharf.MANIFEST, signature, type)));
    assertThat(header(dock.call("GET", "referrers/" + query), "oci-filters-applied"))
        .isEqualTo("artifactType");
    assertThat(referrers(dock.digest(image) + "?artifactType=none/such")).isEmpty();
  }

  @Test
  void referrers_come_in_pages_with_a_link_to_the_next() throws Exception {
    String image = dock.image("paged", "");
    for (int i = 0; i < 5; i++) {
      dock.pushed(dock.image("about " + i, dock.subject(image)));
    }
    List<String> all = new ArrayList<>();
    String path = dock.at("referrers/" + dock.digest(image) + "?n=2&artifactType=" + Dock.CONFIG);
    int pages = 0;
    while (!path.isEmpty()) {
      var got = dock.call("GET", path);
      json(got).at("manifests").elements().forEach(each -> all.add(each.at("digest").text()));
      String link = header(got, "link");
      path = link.isEmpty() ? "" : link.substring(1, link.indexOf('>'));
      pages++;
    }
    assertThat(pages).isEqualTo(3);
    assertThat(all).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void referrers_that_are_deleted_are_no_longer_listed() throws Exception {
    String image = dock.image("layer", "");
    String signature = dock.pushed(dock.image("signature", dock.subject(image)));
    assertThat(referrers(dock.digest(image))).hasSize(1);
    dock.call("DELETE", "manifests/" + signature);
    assertThat(referrers(dock.digest(image))).isEmpty();
  }

  @Test
  void an_unknown_subject_has_no_referrers_and_an_impossible_one_is_refused() throws Exception {
    assertThat(referrers(dock.ghost())).isEmpty();
    var bad = dock.call("GET", "referrers/bad");
    assertThat(bad.statusCode()).isEqualTo(400);
    assertThat(error(bad)).isEqualTo("DIGEST_INVALID");
  }

  @Test
  void the_catalog_is_paged() throws Exception {
    var first = dock.call("GET", "/v2/_catalog?n=1");
    assertThat(json(first).at("repositories").texts()).hasSize(1);
    assertThat(header(first, "link")).contains("rel=\"next\"");
    assertThat(json(dock.call("GET", "/v2/_catalog")).at("repositories").texts())
        .contains(dock.repo, dock.other);
  }
}
