package dev.longshore.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images that {@code longshore image} made run in a real engine. */
@Tag("docker")
class ImageDockerTest {
  private static Site site;
  private static String host = "";

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(0);
    host = URI.create(site.endpoint).getAuthority();
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
  }

  /** Runs {@code longshore image} and returns what it printed. */
  private static List<String> image(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("image"));
    all.addAll(List.of(words));
    String port = host.substring(host.indexOf(':') + 1);
    all.addAll(List.of("--port", port, "--data-dir", site.data.toString()));
    try (Program program = Program.start(List.of(), all.toArray(String[]::new))) {
      assertThat(program.status()).as("%s", program.printed()).isZero();
      return program.printed();
    }
  }

  private String docker(String... words) throws Exception {
    List<String> all = new ArrayList<>(List.of("--config", directory.toString()));
    all.addAll(List.of(words));
    return Site.DOCKER.ok(all.toArray(String[]::new));
  }

  private void logIn() throws Exception {
    docker("login", "-u", "AWS", "-p", site.aws.ok("ecr", "get-login-password"), host);
  }

  @Test
  void an_image_of_the_engine_is_imported_as_it_is() throws Exception {
    Site.loadImage();
    String id = docker("image", "inspect", "--format", "{{.Id}}", Site.IMAGE);
    List<String> printed = image("import", Site.IMAGE);
    assertThat(printed.getLast()).startsWith(host + '/' + Site.IMAGE + "@sha256:");
    String name = host + '/' + Site.IMAGE;
    logIn();
    docker("pull", name);
    try {
      assertThat(docker("image", "inspect", "--format", "{{.Id}}", name)).isEqualTo(id);
    } finally {
      docker("rmi", "-f", name);
    }
  }

  @Test
  void a_java_program_runs_in_an_image_that_no_engine_made() throws Exception {
    Path source = directory.resolve("Hello.java");
    Files.writeString(
        source,
        "public class Hello { public static void main(String[] words) {"
            + " System.out.println(\"Hello, \" + words[0] + \" \" + System.getenv(\"MARK\")); } }");
    Path classes = directory.resolve("classes");
    Path jar = directory.resolve("hello.jar");
    Path runtime = directory.resolve("runtime");
    tool("javac", "-d", classes.toString(), source.toString());
    tool("jar", "-cfe", jar.toString(), "Hello", "-C", classes.toString(), ".");
    tool("jlink", "--add-modules", "java.base", "--strip-debug", "--output", runtime.toString());
    image(
        "build",
        "java/hello:1",
        "--java",
        runtime.toString(),
        "--jar",
        jar.toString(),
        "--env",
        "MARK=!",
        "--cmd",
        "container");
    String name = host + "/java/hello:1";
    logIn();
    docker("pull", name);
    try {
      assertThat(docker("run", "--rm", "--network", "none", name)).isEqualTo("Hello, container !");
    } finally {
      docker("rmi", "-f", name);
    }
  }

  private static void tool(String name, String... words) {
    ToolProvider tool = ToolProvider.findFirst(name).orElseThrow();
    assertThat(tool.run(System.out, System.err, words)).as(name).isZero();
  }
}
