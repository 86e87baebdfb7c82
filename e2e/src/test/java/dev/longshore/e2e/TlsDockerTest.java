package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The one port with TLS, for the AWS CLI, docker, skopeo, an agent and our own commands. */
@Tag("docker")
class TlsDockerTest {
  private static final Shell SKOPEO = Shell.of("skopeo");

  @TempDir private static Path directory;
  private static PemFiles files;
  private static Program program;
  private static String host = "";
  private static Shell aws;
  private static String password = "";

  @BeforeAll
  static void start() throws Exception {
    Site.loadImage();
    files = PemFiles.in(directory);
    program =
        Program.start(
            List.of(),
            Shell.words(
                "up --instances 1 --port 0",
                "--data-dir",
                directory.resolve("data").toString(),
                "--tls-certificate",
                files.certificate().toString(),
                "--tls-key",
                files.key().toString()));
    String endpoint = Program.wordAfter(program.line("Longshore is ready"), "at");
    assertThat(endpoint).startsWith("https://127.0.0.1:");
    host = URI.create(Objects.requireNonNull(endpoint)).getAuthority();
    aws = Shell.aws(ours("env"));
    password = aws.ok("ecr", "get-login-password");
  }

  @AfterAll
  static void stop() {
    program.close();
  }

  /** What one of our own commands prints. */
  private static List<String> ours(String command) throws Exception {
    try (Program asked = asked(command, "--tls-ca", files.certificate().toString())) {
      assertThat(asked.status()).as(command + ": " + asked.printed()).isZero();
      return asked.printed();
    }
  }

  private static Program asked(String command, String... more) throws Exception {
    List<String> all = new ArrayList<>(List.of(Shell.words(command, more)));
    all.addAll(List.of("--data-dir", directory.resolve("data").toString()));
    all.addAll(List.of("--port", host.substring(host.indexOf(':') + 1)));
    return Program.start(List.of(), all.toArray(String[]::new));
  }

  @Test
  void our_commands_say_what_is_missing_where_they_are_not_told_of_tls() throws Exception {
    for (String command : List.of("watch service web", "image ls", "lb ls")) {
      try (Program stranger = asked(command)) {
        assertThat(stranger.status()).as(command).isEqualTo(1);
        assertThat(stranger.printed())
            .as(command)
            .anyMatch(line -> line.contains("This port speaks TLS") && line.contains("--tls-ca"));
      }
    }
  }

  private static String repository(String name) throws Exception {
    String uri = "repository.repositoryUri";
    return aws.ok(
        Shell.words(
            "ecr create-repository --output text --query " + uri, "--repository-name", name));
  }

  @Test
  void docker_pushes_an_image_that_a_task_runs_from() throws Exception {
    String image = repository("tls/task") + ":1";
    String config = directory.resolve("docker").toString();
    try {
      Site.DOCKER.ok("--config", config, "login", "-u", "AWS", "-p", password, host);
      Site.DOCKER.ok("tag", Site.IMAGE, image);
      Site.DOCKER.ok("--config", config, "push", "-q", image);
      Site.DOCKER.ok("rmi", image);
      Site.DOCKER.ok("--config", config, "pull", "-q", image);
      Site.DOCKER.ok("rmi", image);
      aws.ok(
          Shell.words(
              "ecs register-task-definition --family tls --container-definitions",
              Site.container("sleep 3600").replace(Site.IMAGE, image)));
      String task =
          aws.ok(
              Shell.words(
                  "ecs run-task --task-definition tls --query tasks[0].taskArn --output text"));
      Await.running(aws, task);
      assertThat(ours("image ls")).anyMatch(line -> line.startsWith("tls/task "));
      aws.ok("ecs", "stop-task", "--task", task);
      Await.stopped(aws, task);
    } finally {
      Site.DOCKER.run("rmi", "-f", image);
    }
  }

  @Test
  void skopeo_copies_to_and_fro_where_it_trusts_the_certificate() throws Exception {
    String image = "docker://" + repository("tls/copy") + ":1";
    var layout = new ImageLayout(directory.resolve("layout"));
    layout.holding(layout.image("amd64", layout.noise(7, 8)));
    Path trusted = Files.createDirectories(directory.resolve("certs.d"));
    Files.copy(files.certificate(), trusted.resolve("ca.crt"));
    Shell.Result stranger =
        SKOPEO.run("copy", "--dest-creds", "AWS:" + password, layout.toString(), image);
    assertThat(stranger.status()).isNotZero();
    assertThat(stranger.err()).contains("x509");
    SKOPEO.ok(
        Shell.words(
            "copy --quiet --dest-creds AWS:" + password,
            "--dest-cert-dir",
            trusted.toString(),
            layout.toString(),
            image));
    // Skopeo itself checks that each part has its digest.
    SKOPEO.ok(
        Shell.words(
            "copy --quiet --src-creds AWS:" + password,
            "--src-cert-dir",
            trusted.toString(),
            image,
            "dir:" + directory.resolve("back")));
  }
}
