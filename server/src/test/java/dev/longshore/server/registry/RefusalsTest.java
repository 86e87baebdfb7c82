package dev.longshore.server.registry;

import static dev.longshore.server.registry.Wharf.error;
import static dev.longshore.server.registry.Wharf.header;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.blob.Digest.Algorithm;
import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is refused leaves nothing behind, in files or in answers to later questions. */
@ParameterizedClass(name = "{0}")
@EnumSource(names = {"HTTP_1_1", "HTTP_2"})
class RefusalsTest {
  private static final Caller ROOT = Caller.root("123456789012");

  @TempDir private static Path directory;
  private static Wharf wharf;

  private final Version version;
  private Dock dock;
  private List<Path> before;

  RefusalsTest(Version version) {
    this.version = version;
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
    dock = new Dock(wharf, version, Algorithm.SHA256);
    before = files();
  }

  @AfterEach
  void logInAgain() throws Exception {
    wharf.with();
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(directory.resolve("registry"))) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private void assertRefused(HttpResponse<byte[]> answer, int status, String code)
      throws Exception {
    assertThat(answer.statusCode()).as(new String(answer.body(), UTF_8)).isEqualTo(status);
    assertThat(error(answer)).isEqualTo(code);
    assertNothingStored();
  }

  private void assertNothingStored() throws Exception {
    assertThat(files()).isEqualTo(before);
    assertThat(dock.call("HEAD", "blobs/" + dock.digest("hello")).statusCode()).isEqualTo(404);
    assertThat(dock.call("HEAD", "manifests/v1").statusCode()).isEqualTo(404);
  }

  private String begun() throws Exception {
    return header(dock.call("POST", "blobs/uploads/"), "location");
  }

  private static byte[] hello() {
    return "hello".getBytes(UTF_8);
  }

  @Test
  void a_wrong_digest() throws Exception {
    String query = "?digest=" + dock.ghost();
    assertRefused(dock.call("PUT", begun() + query, hello()), 400, "DIGEST_INVALID");
    assertRefused(dock.call("POST", "blobs/uploads/" + query, hello()), 400, "DIGEST_INVALID");
    var manifest = dock.image("layer", "");
    before = files();
    assertRefused(dock.put(dock.ghost(), manifest), 400, "DIGEST_INVALID");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sha256:1", "sha256:", "md5:d41d8cd98f00b204e9800998ecf8427e", "x", ""})
  void a_digest_that_is_none(String digest) throws Exception {
    String query = "?digest=" + digest;
    assertRefused(dock.call("POST", "blobs/uploads/" + query, hello()), 400, "DIGEST_INVALID");
    assertRefused(dock.call("POST", "blobs/uploads/?mount=" + digest), 400, "DIGEST_INVALID");
  }

  @Test
  void an_upload_that_ends_without_a_digest() throws Exception {
    String at = begun();
    before = files();
    assertRefused(dock.call("PUT", at, hello()), 400, "DIGEST_INVALID");
    assertThat(header(dock.call("GET", at), "range")).isEqualTo("0-0");
  }

  @Test
  void a_body_that_is_cut_off() throws Exception {
    for (String path :
        new String[] {"blobs/uploads/?digest=" + dock.digest("hello"), "manifests/v1"}) {
      String method = path.startsWith("manifests") ? "PUT" : "POST";
      BodyPublisher half = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(hello()), 6);
      assertThatThrownBy(() -> wharf.call(method, dock.at(path), half))
          .isInstanceOf(IOException.class);
      await(() -> files().equals(before));
      assertNothingStored();
    }
  }

  @Test
  void a_chunk_that_is_cut_off_counts_only_as_far_as_it_came() throws Exception {
    String at = begun();
    BodyPublisher half = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(hello()), 6);
    assertThatThrownBy(() -> wharf.call("PUT", at + "?digest=" + dock.digest("hello"), half))
        .isInstanceOf(IOException.class);
    // The broken request is over once another may write to the upload.
    await(() -> dock.call("PATCH", at, new byte[0]).statusCode() == 202);
    assertThat(dock.call("HEAD", "blobs/" + dock.digest("hello")).statusCode()).isEqualTo(404);
    int came = Integer.parseInt(header(dock.call("GET", at), "range").substring(2)) + 1;
    String rest = "hello".substring(came == 1 ? 0 : came);
    var put = dock.call("PUT", at + "?digest=" + dock.digest("hello"), rest.getBytes(UTF_8));
    assertThat(put.statusCode()).isEqualTo(201);
  }

  /** Something that other threads bring about. */
  private interface Condition {
    boolean holds() throws Exception;
  }

  private static void await(Condition condition) throws Exception {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.holds()) {
      assertThat(System.nanoTime()).as("deadline").isLessThan(end);
      LockSupport.parkNanos(5_000_000);
    }
  }

  @Test
  void a_chunk_out_of_order_or_of_another_length_than_its_range() throws Exception {
    String at = begun();
    before = files();
    for (String range : new String[] {"5-9", "0-9", "0-3", "4-0", "x", "0-99999999999999999"}) {
      var wrong = dock.call("PATCH", at, hello(), "Content-Range", range);
      assertRefused(wrong, 416, "BLOB_UPLOAD_INVALID");
      assertThat(header(dock.call("GET", at), "range")).isEqualTo("0-0");
    }
    assertThat(Files.size(files().getLast())).isZero();
  }

  @Test
  void a_manifest_that_is_too_large() throws Exception {
    byte[] large = new byte[(4 << 20) + 1];
    assertRefused(manifest(large, Wharf.MANIFEST), 413, "MANIFEST_INVALID");
    BodyPublisher endless = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(large));
    var chunked = wharf.call("PUT", dock.at("manifests/v1"), endless);
    assertRefused(chunked, 413, "MANIFEST_INVALID");
  }

  private HttpResponse<byte[]> manifest(byte[] bytes, String type) throws Exception {
    return dock.call("PUT", "manifests/v1", bytes, "Content-Type", type);
  }

  @Test
  void a_media_type_that_is_unknown_or_not_that_of_the_manifest() throws Exception {
    byte[] manifest = dock.image("layer", "").getBytes(UTF_8);
    before = files();
    assertRefused(manifest(manifest, "text/plain"), 400, "MANIFEST_INVALID");
    assertRefused(manifest(manifest, Wharf.INDEX), 400, "MANIFEST_INVALID");
    byte[] untyped = "{\"schemaVersion\":2}".getBytes(UTF_8);
    assertRefused(manifest(untyped, "application/octet-stream"), 400, "MANIFEST_INVALID");
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
  void what_is_no_manifest(String text) throws Exception {
    assertRefused(manifest(text.getBytes(UTF_8), Wharf.MANIFEST), 400, "MANIFEST_INVALID");
    byte[] deep = ("[".repeat(1 << 20) + text).getBytes(UTF_8);
    assertRefused(manifest(deep, Wharf.MANIFEST), 400, "MANIFEST_INVALID");
  }

  @Test
  void a_manifest_whose_parts_are_missing() throws Exception {
    String manifest = dock.image("layer", "").replace(dock.digest("layer"), dock.ghost());
    before = files();
    // Its bytes are on disk until the collector comes; no question finds them.
    assertThat(error(dock.put("v1", manifest))).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    String index = dock.index(Wharf.MANIFEST, "{}", "");
    assertThat(error(dock.put("v1", index))).isEqualTo("MANIFEST_BLOB_UNKNOWN");
    for (String reference : new String[] {"v1", dock.digest(manifest), dock.digest(index)}) {
      assertThat(dock.call("GET", "manifests/" + reference).statusCode()).isEqualTo(404);
      assertThat(dock.call("GET", "blobs/" + dock.digest(manifest)).statusCode()).isEqualTo(404);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-bad", ".bad", "a%2Fb", "a%00", "%C3%A4"})
  void a_tag_that_is_none(String tag) throws Exception {
    var manifest = dock.image("layer", "");
    before = files();
    assertThat(dock.put(tag, manifest).statusCode()).isIn(400, 404, 405);
    assertThat(dock.put("a".repeat(129), manifest).statusCode()).isEqualTo(400);
    assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/UPPER/blobs/uploads/, 400, NAME_INVALID",
    "/v2/a/../b/blobs/uploads/, 400, NAME_INVALID",
    "/v2/../../etc/blobs/uploads/, 400, NAME_INVALID",
    "/v2/%2e%2e/%2e%2e/etc/blobs/uploads/, 400, NAME_INVALID",
    "/v2/a%00b/blobs/uploads/, 400, NAME_INVALID",
    "/v2/a%2f%2e%2e%2fb/blobs/uploads/, 400, NAME_INVALID",
    "/v2/a//b/blobs/uploads/, 400, NAME_INVALID",
    "/v2//blobs/uploads/, 404, NAME_UNKNOWN",
    "/v2/a%0d%0aset-cookie:x/blobs/uploads/, 404, NAME_UNKNOWN",
    "/v2/a-/blobs/uploads/, 400, NAME_INVALID",
    "/v2/a%/blobs/uploads/, 400, NAME_INVALID",
    "/v2/absent/blobs/uploads/, 404, NAME_UNKNOWN",
    "/v2/some/path, 404, NAME_UNKNOWN",
  })
  void a_path_that_plays_tricks(String path, int status, String code) throws Exception {
    if (version == Version.HTTP_1_1) {
      assertThat(raw("POST " + path)).startsWith("HTTP/1.1 " + status).contains(code);
    } else if (!path.contains("%/")) {
      var got = dock.call("POST", path);
      assertThat(got.statusCode()).isEqualTo(status);
      assertThat(error(got)).isEqualTo(code);
    }
    assertNothingStored();
  }

  /** The answer to a request line that no client library would send. */
  private static String raw(String line) throws IOException {
    try (var socket = new Socket(wharf.address().getAddress(), wharf.address().getPort())) {
      socket.setSoTimeout(20_000);
      String request =
          line
              + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\nAuthorization: "
              + wharf.authorization()
              + "\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  @Test
  void a_push_to_an_absent_repository_is_told_so_in_amazons_words() throws Exception {
    var post = dock.call("POST", "/v2/absent/blobs/uploads/");
    assertRefused(post, 404, "NAME_UNKNOWN");
    assertThat(Wharf.json(post).at("errors").elements().getFirst().at("message").text())
        .isEqualTo(
            "The repository with name 'absent' does not exist in the registry with id"
                + " '123456789012'");
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
  void a_method_that_is_not_of_the_protocol(String method, String path) throws Exception {
    var got = dock.call(method, path.replace("REPO", dock.repo));
    assertRefused(got, 405, "UNSUPPORTED");
  }

  private void assertLockedOut(String authorization) throws Exception {
    wharf.authorization(authorization);
    for (String[] call :
        new String[][] {
          {"GET", "/v2/"},
          {"GET", dock.at("manifests/v1")},
          {"HEAD", dock.at("manifests/v1")},
          {"GET", dock.at("blobs/" + dock.digest("hello"))},
          {"POST", dock.at("blobs/uploads/?digest=" + dock.digest("hello"))},
          {"PUT", dock.at("manifests/v1")},
          {"DELETE", dock.at("manifests/v1")},
          {"GET", "/v2/nowhere/tags/list"},
        }) {
      var got = wharf.call(call[0], call[1], hello());
      assertThat(got.statusCode()).as(call[0] + ' ' + call[1]).isEqualTo(401);
      assertThat(header(got, "www-authenticate"))
          .isEqualTo("Basic realm=\"http://" + wharf.host() + "/\",service=\"ecr.amazonaws.com\"");
    }
    wharf.with();
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer x", "Basic !", "Basic", "Digest username=AWS"})
  void nobody_gets_in_without_a_token(String authorization) throws Exception {
    assertLockedOut(authorization);
  }

  @Test
  void nobody_gets_in_by_a_forged_token() throws Exception {
    String stolen = new Forge(directory.resolve("elsewhere")).password(1);
    assertLockedOut(Wharf.basic("AWS:" + stolen));
    String good = new Forge(directory).password(1);
    char first = good.charAt(0) == 'a' ? 'b' : 'a';
    assertLockedOut(Wharf.basic("AWS:" + first + good.substring(1)));
    assertLockedOut(Wharf.basic("AWS:" + good + 'A'));
    assertLockedOut(Wharf.basic("me:" + good));
    wharf.authorization(Wharf.basic("AWS:" + good));
    assertThat(dock.call("GET", "/v2/").statusCode()).isEqualTo(200);
  }

  @Test
  void nobody_gets_in_by_a_token_that_has_expired_until_they_log_in_again() throws Exception {
    String old = Wharf.basic("AWS:" + new Forge(directory).password(-1));
    assertLockedOut(old);
    wharf.authorization(old);
    assertThat(new String(dock.call("GET", "/v2/").body(), UTF_8))
        .contains("Your authorization token has expired. Reauthenticate and try again.");
    wharf.with();
    assertThat(dock.call("GET", "/v2/").statusCode()).isEqualTo(200);
  }

  /** Makes passwords under the key of a directory. */
  private record Forge(Path home) {
    /** One that ends so many seconds from now. */
    String password(long seconds) throws IOException {
      Files.createDirectories(home);
      return RegistryTokens.in(home).password(ROOT, Instant.now().plusSeconds(60 * seconds));
    }
  }
}
