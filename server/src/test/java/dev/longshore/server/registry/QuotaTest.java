package dev.longshore.server.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.server.RegistrySettings;
import dev.longshore.server.blob.Digest.Algorithm;
import dev.longshore.wire.json.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a registry may hold, asked at both of its doors. */
class QuotaTest {
  private static final int REGISTRY = 3_000;
  private static final int REPOSITORY = 2_000;

  @TempDir private Path directory;
  private Wharf wharf;
  private Dock dock;

  @BeforeEach
  void start() throws Exception {
    wharf =
        new Wharf(
            ControlPlaneSettings.local(directory, 0)
                .withRegistry(RegistrySettings.USUAL.withQuota(REGISTRY, REPOSITORY)));
    dock = new Dock(wharf, Version.HTTP_1_1, Algorithm.SHA256);
  }

  @AfterEach
  void stop() throws IOException {
    wharf.close();
  }

  private static String text(char letter, int length) {
    return String.valueOf(letter).repeat(length);
  }

  private void assertDenied(HttpResponse<byte[]> answer, String what) {
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(Wharf.error(answer)).isEqualTo("DENIED");
    assertThat(new String(answer.body(), UTF_8)).contains(what);
  }

  private HttpResponse<byte[]> push(String repository, String text) throws Exception {
    String path = "/v2/" + repository + "/blobs/uploads/?digest=" + dock.digest(text);
    return wharf.call("POST", path, text.getBytes(UTF_8));
  }

  @Test
  void a_repository_takes_no_more_than_its_bytes_until_some_are_deleted() throws Exception {
    String first = dock.blob(text('a', 1_500));
    String second = text('b', 501);
    assertDenied(push(dock.repo, second), "cannot have more than 2000 bytes");
    assertThat(dock.call("HEAD", "blobs/" + dock.digest(second)).statusCode()).isEqualTo(404);
    assertThat(push(dock.repo, text('c', 500)).statusCode()).isEqualTo(201);
    assertThat(push(dock.other, second).statusCode()).as("another repository").isEqualTo(201);
    assertThat(dock.call("DELETE", "blobs/" + first).statusCode()).isEqualTo(202);
    assertThat(push(dock.repo, second).statusCode()).isEqualTo(201);
  }

  @Test
  void the_registry_takes_no_more_than_its_bytes() throws Exception {
    dock.blob(text('a', 2_000));
    dock.blob(dock.other, text('b', 900));
    assertDenied(push(dock.other, text('c', 101)), "The registry with id");
    assertThat(push(dock.other, text('d', 100)).statusCode()).isEqualTo(201);
  }

  @Test
  void chunks_and_bodies_of_unknown_length_are_refused_too() throws Exception {
    dock.blob(text('a', 1_500));
    String text = text('b', 501);
    String at = Wharf.header(dock.call("POST", "blobs/uploads/"), "location");
    assertDenied(dock.call("PATCH", at, text.getBytes(UTF_8)), "cannot have more");
    assertThat(dock.call("PATCH", at, text('b', 500).getBytes(UTF_8)).statusCode()).isEqualTo(202);
    String digest = "?digest=" + dock.digest(text);
    assertDenied(dock.call("PUT", at + digest, new byte[] {'b'}), "cannot have more");
    var unknown =
        BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(text.getBytes(UTF_8)));
    assertDenied(wharf.call("POST", dock.at("blobs/uploads/" + digest), unknown), "cannot have");
  }

  @Test
  void manifests_count() throws Exception {
    String manifest = dock.image("layer", "");
    dock.blob(text('a', 1_700));
    assertDenied(dock.put("v1", manifest), "cannot have more");
    assertThat(dock.call("HEAD", "manifests/v1").statusCode()).isEqualTo(404);
    Json answer =
        wharf.ecr(
            "PutImage",
            Json.fields()
                .with("repositoryName", Json.of(dock.repo))
                .with("imageManifest", Json.of(manifest))
                .with("imageTag", Json.of("v1"))
                .write());
    assertThat(answer.at("__type").text()).endsWith("LimitExceededException");
  }

  @Test
  void parts_of_layers_are_refused_by_the_api() throws Exception {
    String name = "{\"repositoryName\":\"" + dock.repo + '"';
    String upload = wharf.ecr("InitiateLayerUpload", name + '}').at("uploadId").text();
    String part = name + ",\"uploadId\":\"" + upload + '"';
    assertThat(wharf.ecr("UploadLayerPart", part + bytes(0, 1_999)).at("lastByteReceived").number())
        .isEqualTo(1_999);
    Json refused = wharf.ecr("UploadLayerPart", part + bytes(2_000, 2_000));
    assertThat(refused.at("__type").text()).endsWith("LimitExceededException");
    assertThat(refused.at("message").text()).contains("cannot have more than 2000 bytes");
  }

  private static String bytes(int first, int last) {
    String part = Base64.getEncoder().encodeToString(new byte[last - first + 1]);
    return ",\"partFirstByte\":%d,\"partLastByte\":%d,\"layerPartBlob\":\"%s\"}"
        .formatted(first, last, part);
  }
}
