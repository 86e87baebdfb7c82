package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static dev.longshore.server.registry.Wharf.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What nobody wants is collected when the root user asks for it. */
class CollectionTest {
  private static final String COLLECT = "/v2/_collect?unused=";

  @TempDir private static Path directory;
  private static Wharf wharf;

  private Dock dock;

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
    dock = new Dock(wharf, Version.HTTP_1_1, Algorithm.SHA256);
    wharf.call("POST", COLLECT + 0);
  }

  @Test
  void blobs_and_uploads_that_nobody_wants_are_deleted_and_images_stay() throws Exception {
    String image = dock.pushed(dock.image("kept", ""));
    String idle = dock.blob("idle");
    String at = header(dock.call("POST", "blobs/uploads/"), "location");
    dock.call("PATCH", at, "half".getBytes(UTF_8));
    var young = json(wharf.call("POST", COLLECT + 3600));
    assertThat(young.at("blobs").number()).isZero();
    assertThat(young.at("uploads").number()).isZero();
    var all = json(wharf.call("POST", COLLECT + 0));
    assertThat(all.at("blobs").number()).isEqualTo(1);
    assertThat(all.at("bytes").number()).isEqualTo("idle".length());
    assertThat(all.at("uploads").number()).isEqualTo(1);
    assertThat(dock.call("GET", "blobs/" + idle).statusCode()).isEqualTo(404);
    assertThat(dock.call("GET", at).statusCode()).isEqualTo(404);
    assertThat(dock.call("GET", "manifests/" + image).statusCode()).isEqualTo(200);
    assertThat(new String(dock.call("GET", "blobs/" + dock.digest("kept")).body(), UTF_8))
        .isEqualTo("kept");
  }

  @Test
  void what_a_deleted_image_had_is_collected() throws Exception {
    String image = dock.pushed(dock.image("gone", ""));
    dock.call("DELETE", "manifests/" + image);
    assertThat(json(wharf.call("POST", COLLECT + 0)).at("blobs").number()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "?unused=", "?unused=x", "?unused=-1", "?unused=9999999999"})
  void a_time_that_is_none_is_refused(String query) throws Exception {
    var got = wharf.call("POST", "/v2/_collect" + query);
    assertThat(got.statusCode()).isEqualTo(400);
    assertThat(wharf.call("GET", "/v2/_collect" + query).statusCode()).isEqualTo(405);
  }

  @Test
  void only_the_root_user_may_ask() throws Exception {
    var role = new Caller("123456789012", "arn:aws:sts::123456789012:assumed-role/shop/1");
    String password = RegistryTokens.in(directory).password(role, Instant.now().plusSeconds(60));
    wharf.authorization(Wharf.basic("AWS:" + password));
    var got = wharf.call("POST", COLLECT + 0);
    assertThat(got.statusCode()).isEqualTo(403);
    assertThat(error(got)).isEqualTo("DENIED");
  }
}
