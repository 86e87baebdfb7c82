package dev.longshore.e2e;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two servers, of a region each; images pushed to one are copied to the other. */
@Tag("docker")
class ReplicationDockerTest {
  private static final Shell SKOPEO = Shell.of("skopeo");
  private static final String RULES =
      "rules=[{destinations=[{region=us-west-2,registryId=123456789012}],"
          + "repositoryFilters=[{filter=team/,filterType=PREFIX_MATCH}]}]";

  @TempDir private Path directory;
  private Server west;
  private Server east;

  /** A server, and how the AWS CLI and skopeo get at it. */
  private record Server(Program program, URI endpoint, Shell aws, String password) {
    String image(String name) {
      return "docker://" + endpoint.getAuthority() + '/' + name;
    }
  }

  private Server serve(String name, int port, String... options) throws Exception {
    List<String> words = new ArrayList<>(List.of("server", "--data-dir", data(name).toString()));
    words.addAll(List.of("--port", Integer.toString(port)));
    words.addAll(List.of(options));
    Program program = Program.start(List.of(), words.toArray(String[]::new));
    String endpoint = requireNonNull(Program.wordAfter(program.line("Longshore serves"), "serves"));
    Shell aws = Site.aws(data(name), endpoint);
    String password = aws.ok("ecr", "get-login-password");
    return new Server(program, URI.create(endpoint), aws, password);
  }

  private Path data(String name) {
    return directory.resolve(name);
  }

  @BeforeEach
  void start() throws Exception {
    west = serve("west", 0, "--region", "us-west-2");
    String target = "us-west-2=" + west.endpoint() + ',' + data("west").resolve("root-key");
    east = serve("east", 0, "--replicate", target);
    east.aws().ok("ecr", "put-replication-configuration", "--replication-configuration", RULES);
    for (String name : List.of("team/web", "other/web")) {
      east.aws().ok("ecr", "create-repository", "--repository-name", name);
    }
  }

  @AfterEach
  void stop() {
    east.program().close();
    west.program().close();
  }

  private void push(ImageLayout layout, String name) throws Exception {
    SKOPEO.ok(
        Shell.words(
            "copy --all --quiet --dest-tls-verify=false --dest-creds AWS:" + east.password(),
            layout.toString(),
            east.image(name)));
  }

  private static String digest(Server server, String name) throws Exception {
    String seen =
        SKOPEO.ok(
            Shell.words(
                "inspect --no-tags --tls-verify=false --creds AWS:" + server.password(),
                server.image(name)));
    return Json.parse(seen).at("Digest").text();
  }

  private String status(String tag) throws Exception {
    return east.aws()
        .ok(
            Shell.words(
                "ecr describe-image-replication-status --repository-name team/web --output text"
                    + " --query replicationStatuses[].[region,status] --image-id imageTag="
                    + tag));
  }

  @Test
  void an_image_pushed_to_one_server_is_pulled_from_the_other() throws Exception {
    var layout = new ImageLayout(directory.resolve("layout"));
    layout.holding(
        layout.image("amd64", layout.noise(1, 4)), layout.image("arm64", layout.noise(2, 4)));
    push(layout, "team/web:v1");
    push(layout, "other/web:v1");
    Site.until("the copy is complete", () -> status("v1").equals("us-west-2\tCOMPLETE"));
    assertThat(digest(west, "team/web:v1")).isEqualTo(digest(east, "team/web:v1"));
    // Skopeo itself checks that each part has its digest.
    SKOPEO.ok(
        Shell.words(
            "copy --all --quiet --src-tls-verify=false --src-creds AWS:" + west.password(),
            west.image("team/web:v1"),
            "dir:" + directory.resolve("back")));
    assertThat(
            west.aws()
                .ok(
                    Shell.words(
                        "ecr describe-repositories --output text --query"
                            + " repositories[].repositoryName")))
        .isEqualTo("team/web");
  }

  @Test
  void what_was_pushed_while_the_other_was_away_and_before_a_kill_9_is_copied() throws Exception {
    west.program().close();
    var layout = new ImageLayout(directory.resolve("layout"));
    layout.holding(layout.image("amd64", layout.noise(3, 4)));
    push(layout, "team/web:v1");
    assertThat(status("v1")).isEqualTo("us-west-2\tIN_PROGRESS");
    east.program().kill();
    west = serve("west", west.endpoint().getPort(), "--region", "us-west-2");
    String target = "us-west-2=" + west.endpoint() + ',' + data("west").resolve("root-key");
    east = serve("east", east.endpoint().getPort(), "--replicate", target);
    Site.until("the copy is complete", () -> status("v1").equals("us-west-2\tCOMPLETE"));
    assertThat(digest(west, "team/web:v1")).isEqualTo(digest(east, "team/web:v1"));
  }
}
