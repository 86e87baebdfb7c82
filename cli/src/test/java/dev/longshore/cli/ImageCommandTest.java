package dev.longshore.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.ImageArchive;
import dev.longshore.agent.docker.RootFile;
import dev.longshore.agent.docker.TarWriter;
import dev.longshore.cli.image.RegistryClient;
import dev.longshore.server.ControlPlane;
import dev.longshore.server.ControlPlaneSettings;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** {@code longshore image} against a control plane of this process. */
class ImageCommandTest {
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  @TempDir private static Path data;
  private static ControlPlane plane;

  @TempDir private Path directory;
  private final StringWriter printed = new StringWriter();

  @BeforeAll
  static void start() throws IOException {
    plane =
        ControlPlane.start(
            ControlPlaneSettings.local(data, 0),
            cause -> {
              throw new IllegalStateException(cause);
            });
  }

  @AfterAll
  static void stop() {
    plane.close();
  }

  @BeforeEach
  void root() throws IOException {
    Path root = Files.createDirectories(directory.resolve("root/bin"));
    Files.writeString(root.resolve("tool"), "#!/bin/sh\n");
    Files.setPosixFilePermissions(
        root.resolve("tool"), PosixFilePermissions.fromString("rwxr-xr-x"));
    Files.createSymbolicLink(root.resolve("alias"), Path.of("tool"));
    Path deep = Files.createDirectories(root.resolve("d".repeat(120)));
    Files.writeString(deep.resolve("f".repeat(120)), "far down");
  }

  private int run(String... words) {
    List<String> all = new ArrayList<>(List.of("image"));
    all.addAll(List.of(words));
    all.addAll(
        List.of(
            "--port", Integer.toString(plane.endpoint().getPort()), "--data-dir", data.toString()));
    PrintWriter out = new PrintWriter(printed);
    return new CommandLine(new Longshore())
        .setOut(out)
        .setErr(out)
        .setExecutionExceptionHandler((fault, command, parsed) -> {
          out.println("longshore: " + Failures.text(fault));
          out.flush();
          return 1;
        })
        .execute(all.toArray(String[]::new));
  }

  /** The digest that the last line names. */
  private String digest() {
    String last = printed.toString().strip().lines().toList().getLast();
    return last.substring(last.indexOf('@') + 1);
  }

  private static byte[] served(String path) throws Exception {
    try (HttpClient http = HttpClient.newHttpClient()) {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(plane.endpoint() + "/v2/" + path))
              .header("Authorization", "Basic " + token())
              .build();
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      assertThat(answer.statusCode()).as(path).isEqualTo(200);
      return answer.body();
    }
  }

  private static RegistryClient client() {
    return new RegistryClient(
        HttpClient.newBuilder(), plane.endpoint(), ControlPlane.REGION, plane.rootKeys());
  }

  private static String token() throws Exception {
    try (var client = client()) {
      Json data = client.call("GetAuthorizationToken", Json.fields()).at("authorizationData");
      return data.elements().getFirst().at("authorizationToken").text();
    }
  }

  private static Json json(byte[] bytes) {
    return Json.parse(new String(bytes, UTF_8));
  }

  private static String digest(byte[] bytes) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
    return "sha256:" + HexFormat.of().formatHex(hash);
  }

  /** What a real tar finds in a layer. */
  private Map<String, String> entries(byte[] layer) throws Exception {
    Path file = directory.resolve("layer.tar");
    Files.write(file, layer);
    Process tar =
        new ProcessBuilder("tar", "tvf", file.toString()).redirectErrorStream(true).start();
    Map<String, String> entries = new TreeMap<>();
    for (String line : tar.inputReader().readAllLines()) {
      String[] words = line.split(" +", 6);
      entries.put(words[5], words[0]);
    }
    assertThat(tar.waitFor()).isZero();
    return entries;
  }

  private int build(String name, String... more) {
    List<String> words =
        new ArrayList<>(List.of("build", name, "--from", directory.resolve("root").toString()));
    words.addAll(List.of(more));
    return run(words.toArray(String[]::new));
  }

  @Test
  void a_directory_becomes_an_image() throws Exception {
    assertThat(
            build(
                "built/app:v1",
                "--cmd",
                "tool",
                "--cmd",
                "-h",
                "--cmd=--from",
                "--env",
                "A=b",
                "--workdir",
                "/bin"))
        .as(printed.toString())
        .isZero();
    byte[] manifest = served("built/app/manifests/v1");
    assertThat(digest()).isEqualTo(digest(manifest));
    assertThat(printed.toString())
        .contains(plane.endpoint().getAuthority() + "/built/app:v1@sha256:");
    Json image = json(manifest);
    Json config = json(served("built/app/blobs/" + image.at("config", "digest").text()));
    assertThat(config.at("config", "Cmd").texts()).containsExactly("tool", "-h", "--from");
    assertThat(config.at("config", "Env").texts()).containsExactly("A=b");
    assertThat(config.at("config", "WorkingDir").text()).isEqualTo("/bin");
    String layer = image.at("layers").elements().getFirst().at("digest").text();
    assertThat(config.at("rootfs", "diff_ids").texts()).containsExactly(layer);
    assertThat(entries(served("built/app/blobs/" + layer)))
        .containsEntry("bin/tool", "-rwxr-xr-x")
        .containsEntry("bin/alias -> tool", "lrwxrwxrwx")
        .containsEntry("tmp/", "drwxrwxrwt")
        .containsKey("bin/" + "d".repeat(120) + "/" + "f".repeat(120));
  }

  @Test
  void equal_files_become_equal_images_and_are_pushed_once() {
    build("same/one");
    String first = digest();
    assertThat(build("same/one:again")).isZero();
    assertThat(digest()).isEqualTo(first);
    assertThat(printed.toString()).contains("already there");
  }

  @Test
  void compressed_layers_are_equal_for_equal_files_too() throws Exception {
    assertThat(build("packed/app:v1", "--gzip")).as(printed.toString()).isZero();
    String first = digest();
    assertThat(build("packed/app:v2", "--gzip")).isZero();
    assertThat(digest()).isEqualTo(first);
    Json image = json(served("packed/app/manifests/v1"));
    Json layer = image.at("layers").elements().getFirst();
    assertThat(layer.at("mediaType").text())
        .isEqualTo("application/vnd.oci.image.layer.v1.tar+gzip");
    byte[] packed = served("packed/app/blobs/" + layer.at("digest").text());
    byte[] plain = new GZIPInputStream(new ByteArrayInputStream(packed)).readAllBytes();
    Json config = json(served("packed/app/blobs/" + image.at("config", "digest").text()));
    assertThat(config.at("rootfs", "diff_ids").texts()).containsExactly(digest(plain));
    assertThat(entries(plain)).containsEntry("bin/tool", "-rwxr-xr-x");
  }

  @Test
  void a_java_program_becomes_an_image_of_a_runtime_and_a_jar() throws Exception {
    Path runtime = directory.resolve("runtime");
    Path java = Files.createDirectories(runtime.resolve("bin")).resolve("java");
    // Any program that needs the C library will do.
    Files.copy(Path.of("/bin/sh").toRealPath(), java);
    Files.writeString(directory.resolve("program.jar"), "a jar");
    assertThat(
            run(
                "build",
                "java/app",
                "--java",
                runtime.toString(),
                "--jar",
                directory.resolve("program.jar").toString()))
        .as(printed.toString())
        .isZero();
    Json image = json(served("java/app/manifests/latest"));
    Json config = json(served("java/app/blobs/" + image.at("config", "digest").text()));
    assertThat(config.at("config", "Entrypoint").texts())
        .containsExactly("/opt/java/bin/java", "-jar", "/app/app.jar");
    List<Json> layers = image.at("layers").elements();
    assertThat(layers).hasSize(2);
    Map<String, String> system =
        entries(served("java/app/blobs/" + layers.get(0).at("digest").text()));
    assertThat(system).containsKey("opt/java/bin/java");
    assertThat(system.keySet()).anyMatch(path -> path.endsWith("/libc.so.6"));
    assertThat(system.keySet()).anyMatch(path -> path.contains("ld-linux"));
    assertThat(entries(served("java/app/blobs/" + layers.get(1).at("digest").text())))
        .containsKey("app/app.jar");
  }

  @Test
  void images_are_listed_with_tags_digests_and_sizes() {
    build("listed/app:v1");
    String digest = digest();
    build("listed/app:v2");
    printed.getBuffer().setLength(0);
    assertThat(run("ls", "listed/app")).isZero();
    List<String> lines = printed.toString().lines().toList();
    assertThat(lines.get(0)).matches("REPOSITORY +TAG +DIGEST +SIZE");
    assertThat(lines.get(1)).matches("listed/app +v1 +" + digest + " +[0-9.]+ kB");
    assertThat(lines.get(2)).matches("listed/app +v2 +" + digest + " +[0-9.]+ kB");
    printed.getBuffer().setLength(0);
    run("ls");
    assertThat(printed.toString()).contains("listed/app");
    assertThat(run("ls", "absent")).isEqualTo(1);
    assertThat(printed.toString())
        .contains("longshore: The repository with name 'absent' does not exist");
  }

  @Test
  void what_docker_saved_is_imported() throws Exception {
    ImageArchive image =
        ImageArchive.of(
            "saved/app:v1",
            List.of(RootFile.text("hello", 0644, "hello")),
            new Members().put("Cmd", List.of("/hello")).json());
    Path file = directory.resolve("saved.tar");
    try (OutputStream out = Files.newOutputStream(file)) {
      image.writeTo(out);
    }
    assertThat(run("import", "--archive", file.toString())).as(printed.toString()).isZero();
    Json manifest = json(served("saved/app/manifests/v1"));
    // The configuration is taken as it is, so an engine knows the image by the same id.
    assertThat(manifest.at("config", "digest").text()).isEqualTo(image.imageId());
    assertThat(run("import", "--archive", file.toString(), "--as", "renamed/app")).isZero();
    assertThat(json(served("renamed/app/manifests/latest"))).isEqualTo(manifest);
  }

  @Test
  void an_archive_of_oci_is_imported_with_all_its_platforms_under_their_digests() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    List<String> images = new ArrayList<>();
    for (String architecture : List.of("amd64", "arm64")) {
      String config = blob(files, "{\"architecture\":\"" + architecture + "\"}", "config.v1+json");
      String layer = blob(files, "layer of " + architecture, "layer.v1.tar");
      images.add(
          blob(
              files,
              "{\"schemaVersion\":2,\"config\":" + config + ",\"layers\":[" + layer + "]}",
              "manifest.v1+json"));
    }
    String index =
        blob(
            files,
            "{\"schemaVersion\":2,\"manifests\":[" + String.join(",", images) + "]}",
            "index.v1+json");
    files.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
    files.put(
        "index.json", ("{\"schemaVersion\":2,\"manifests\":[" + index + "]}").getBytes(UTF_8));
    Path file = archive(files);
    assertThat(run("import", "--archive", file.toString())).isEqualTo(1);
    assertThat(printed.toString()).contains("does not say what its image is called");
    assertThat(run("import", "--archive", file.toString(), "--as", "oci/app:v1"))
        .as(printed.toString())
        .isZero();
    String digest = json(index.getBytes(UTF_8)).at("digest").text();
    assertThat(digest(served("oci/app/manifests/v1"))).isEqualTo(digest);
    for (String image : images) {
      String child = json(image.getBytes(UTF_8)).at("digest").text();
      assertThat(digest(served("oci/app/manifests/" + child))).isEqualTo(child);
    }
  }

  /** Adds a blob to a layout and answers its descriptor. */
  private static String blob(Map<String, byte[]> files, String text, String type) throws Exception {
    byte[] bytes = text.getBytes(UTF_8);
    files.put("blobs/" + digest(bytes).replace(':', '/'), bytes);
    return "{\"mediaType\":\"application/vnd.oci.image.%s\",\"digest\":\"%s\",\"size\":%d}"
        .formatted(type, digest(bytes), bytes.length);
  }

  private Path archive(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TarWriter tar = new TarWriter(bytes);
    for (Map.Entry<String, byte[]> each : files.entrySet()) {
      byte[] content = each.getValue();
      tar.file(each.getKey(), 0644, content.length, out -> out.write(content));
    }
    tar.end();
    return Files.write(directory.resolve("archive.tar"), bytes.toByteArray());
  }

  @Test
  void an_archive_that_is_damaged_or_none_is_refused() throws Exception {
    byte[] config = "{}".getBytes(UTF_8);
    String named = "{\"config\":{\"digest\":\"%s\"},\"layers\":[]}".formatted(digest(config));
    Path damaged =
        archive(
            Map.of(
                "blobs/" + digest(config).replace(':', '/'),
                "[]".getBytes(UTF_8),
                "blobs/" + digest(named.getBytes(UTF_8)).replace(':', '/'),
                named.getBytes(UTF_8),
                "index.json",
                "{\"manifests\":[{\"mediaType\":\"%s\",\"digest\":\"%s\"}]}"
                    .formatted(MANIFEST, digest(named.getBytes(UTF_8)))
                    .getBytes(UTF_8)));
    assertThat(run("import", "--archive", damaged.toString(), "--as", "bad/app")).isEqualTo(1);
    assertThat(printed.toString()).contains("the archive is damaged");
    Path text = Files.writeString(directory.resolve("text"), "x".repeat(2000));
    assertThat(run("import", "--archive", text.toString())).isEqualTo(1);
    assertThat(printed.toString()).contains("is no tar archive");
    byte[] cut = Files.readAllBytes(damaged);
    Files.write(damaged, Arrays.copyOf(cut, 600));
    assertThat(run("import", "--archive", damaged.toString())).isEqualTo(1);
    Path other = archive(Map.of("readme", config));
    assertThat(run("import", "--archive", other.toString())).isEqualTo(1);
    assertThat(printed.toString()).contains("it holds no image");
  }

  @Test
  void the_registry_collects_when_asked() throws Exception {
    build("collected/app");
    try (var client = client()) {
      client.call(
          "DeleteRepository",
          Json.fields()
              .with("repositoryName", Json.of("collected/app"))
              .with("force", Json.of(true)));
    }
    assertThat(run("gc")).isZero();
    assertThat(printed.toString()).contains("unfinished uploads.");
    assertThat(run("gc", "--unused-for", "0")).isZero();
    assertThat(printed.toString()).containsPattern("Deleted [1-9][0-9]* blobs of [0-9.]+ k?B");
    assertThat(run("gc", "--unused-for", "-1")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UPPER", "a:b:c", "", "a b", "/a", "a/../b"})
  void a_name_that_is_none_is_a_wrong_call(String name) {
    assertThat(build(name)).isEqualTo(2);
  }

  @Test
  void a_wrong_call_is_told_so() {
    assertThat(run("build", "a")).isEqualTo(2);
    assertThat(run("build", "a", "--from", "/does/not/exist")).isEqualTo(2);
    assertThat(run("import")).isEqualTo(2);
    assertThat(run("import", "--archive", "/does/not/exist")).isEqualTo(2);
    assertThat(run("nonsense")).isEqualTo(2);
  }
}
