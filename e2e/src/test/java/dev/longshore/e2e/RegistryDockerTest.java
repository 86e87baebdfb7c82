package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real docker and skopeo against the registry. */
@Tag("docker")
class RegistryDockerTest {
  private static final Shell SKOPEO = Shell.of("skopeo");
  private static final int PULLS = 64;

  private static Site site;
  private static String host = "";
  private static String password = "";

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(0);
    host = URI.create(site.endpoint).getAuthority();
    password = site.aws.ok("ecr", "get-login-password");
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
  }

  private static String repository(String name) throws Exception {
    String uri =
        site.aws.ok(
            "ecr",
            "create-repository",
            "--repository-name",
            name,
            "--query",
            "repository.repositoryUri",
            "--output",
            "text");
    assertThat(uri).isEqualTo(host + '/' + name);
    return uri;
  }

  private static String docker(Path config, String... words) throws Exception {
    return Site.DOCKER.ok(dockerWords(config, words));
  }

  private static String[] dockerWords(Path config, String... words) {
    List<String> all = new ArrayList<>(List.of("--config", config.toString()));
    all.addAll(List.of(words));
    return all.toArray(String[]::new);
  }

  @Test
  void docker_logs_in_pushes_pulls_and_tags() throws Exception {
    Site.loadImage();
    String uri = repository("team/app");
    String first = uri + ":v1";
    String second = uri + ":v2";
    Site.DOCKER.ok("tag", Site.IMAGE, first);
    try {
      Shell.Result stranger = Site.DOCKER.run(dockerWords(directory, "push", first));
      assertThat(stranger.status()).isNotZero();
      assertThat(stranger.err()).contains("no basic auth credentials");
      assertThat(docker(directory, "login", "-u", "AWS", "-p", password, host))
          .contains("Login Succeeded");
      String pushed = docker(directory, "push", first);
      String digest = pushed.substring(pushed.indexOf("sha256:")).split(" ")[0];
      String id = Site.DOCKER.ok("image", "inspect", "--format", "{{.Id}}", first);
      Site.DOCKER.ok("tag", first, second);
      assertThat(docker(directory, "push", second)).contains("Layer already exists", digest);
      Site.DOCKER.ok("rmi", first, second);
      assertThat(docker(directory, "pull", first)).contains(digest);
      assertThat(Site.DOCKER.ok("image", "inspect", "--format", "{{.Id}}", first)).isEqualTo(id);
      String described = "imageDetails[].[imageDigest,sort(imageTags)[0],sort(imageTags)[1]]";
      assertThat(
              site.aws.ok(
                  "ecr",
                  "describe-images",
                  "--repository-name",
                  "team/app",
                  "--query",
                  described,
                  "--output",
                  "text"))
          .isEqualTo(digest + "\tv1\tv2");
      Shell.Result absent = Site.DOCKER.run(dockerWords(directory, "pull", uri + ":v3"));
      assertThat(absent.status()).isNotZero();
      assertThat(absent.err()).contains("manifest unknown: Requested image not found");
    } finally {
      Site.DOCKER.run("rmi", "-f", first, second);
    }
  }

  private static String skopeo(String command, String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of(command));
    if (command.equals("copy")) {
      all.addAll(List.of("--quiet", "--src-tls-verify=false", "--dest-tls-verify=false"));
      all.addAll(List.of("--src-creds", "AWS:" + password, "--dest-creds", "AWS:" + password));
    } else {
      all.addAll(List.of("--tls-verify=false", "--creds", "AWS:" + password));
    }
    all.addAll(List.of(words));
    return SKOPEO.ok(all.toArray(String[]::new));
  }

  private static String docker(String uri) {
    return "docker://" + uri;
  }

  @Test
  void skopeo_copies_inspects_lists_and_deletes() throws Exception {
    String uri = repository("skopeo/one");
    var layout = new ImageLayout(directory);
    layout.holding(layout.image("amd64", layout.noise(1, 1)));
    skopeo("copy", layout.toString(), docker(uri + ":v1"));
    skopeo("copy", docker(uri + ":v1"), docker(uri + ":v2"));
    assertThat(Json.parse(skopeo("list-tags", docker(uri))).at("Tags").texts())
        .containsExactly("v1", "v2");
    Json found = Json.parse(skopeo("inspect", docker(uri + ":v2")));
    assertThat(found.at("Name").text()).isEqualTo(uri);
    assertThat(found.at("Architecture").text()).isEqualTo("amd64");
    assertThat(found.at("Layers").texts()).hasSize(1);
    skopeo("copy", docker(uri + ":v2"), "dir:" + directory.resolve("back"));
    String elsewhere = repository("skopeo/two");
    skopeo("copy", docker(uri + ":v1"), docker(elsewhere + ":v1"));
    skopeo("delete", docker(uri + ":v1"));
    assertThat(Json.parse(skopeo("list-tags", docker(uri))).at("Tags").texts()).isEmpty();
    assertThat(skopeo("inspect", docker(elsewhere + ":v1"))).contains("amd64");
  }

  @Test
  void an_image_of_several_platforms_is_pushed_whole_and_pulled_for_one() throws Exception {
    String uri = repository("multi/app");
    var layout = new ImageLayout(directory.resolve("layout"));
    layout.holding(layout.image("amd64", layout.empty(1)), layout.image("arm64", layout.empty(2)));
    skopeo("copy", "--all", layout.toString(), docker(uri + ":v1"));
    Json raw = Json.parse(skopeo("inspect", "--raw", docker(uri + ":v1")));
    assertThat(raw.at("manifests").elements()).hasSize(2);
    assertThat(skopeo("inspect", "--override-arch", "arm64", docker(uri + ":v1")))
        .contains("\"Architecture\": \"arm64\"");
    try {
      docker(directory, "login", "-u", "AWS", "-p", password, host);
      docker(directory, "pull", "--platform", "linux/arm64", uri + ":v1");
      String format = "{{.Architecture}}";
      assertThat(Site.DOCKER.ok("image", "inspect", "--format", format, uri + ":v1"))
          .isEqualTo("arm64");
    } finally {
      Site.DOCKER.run("rmi", "-f", uri + ":v1");
    }
  }

  @Test
  void a_layer_of_a_gigabyte_comes_back_as_it_was() throws Exception {
    String uri = repository("large/app");
    var layout = new ImageLayout(directory);
    var layer = layout.noise(2, 1024);
    layout.holding(layout.image("amd64", layer));
    assertThat(layer.part().size()).isGreaterThan(1L << 30);
    skopeo("copy", layout.toString(), docker(uri + ":v1"));
    String digest = layer.part().digest();
    try (Quay quay = new Quay(site)) {
      assertThat(quay.served("/v2/large/app/blobs/" + digest)).isEqualTo(digest);
      quay.call("DELETE", "/v2/large/app/manifests/v1", new byte[0]);
    }
  }

  @Test
  void sixty_four_pull_at_once() throws Exception {
    String uri = repository("popular/app");
    var layout = new ImageLayout(directory.resolve("layout"));
    layout.holding(layout.image("amd64", layout.noise(3, 8)));
    skopeo("copy", layout.toString(), docker(uri + ":v1"));
    try (ExecutorService threads = Executors.newFixedThreadPool(PULLS)) {
      List<Future<String>> pulls = new ArrayList<>();
      for (int i = 0; i < PULLS; i++) {
        // Skopeo itself checks that each part has its digest.
        String to = "dir:" + directory.resolve("pull-" + i);
        pulls.add(threads.submit(() -> skopeo("copy", docker(uri + ":v1"), to)));
      }
      for (Future<String> pull : pulls) {
        pull.get();
      }
    }
  }
}
