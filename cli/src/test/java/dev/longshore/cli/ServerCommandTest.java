package dev.longshore.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PipedReader;
import java.io.PipedWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code longshore server} with options of its registry, asked by other commands. */
class ServerCommandTest {
  private static final String SERVES = "Longshore serves ";

  @TempDir private Path directory;
  private Thread server;
  private String port = "";

  @BeforeEach
  void start() throws IOException {
    var printed = new PipedReader();
    var out = new PrintWriter(new PipedWriter(printed));
    List<String> words = words("server", "--registry-bytes", "40K", "--repository-bytes", "24K");
    words.addAll(List.of("--port", "0"));
    server =
        Thread.ofPlatform()
            .start(() -> Longshore.commandLine().setOut(out).execute(words.toArray(String[]::new)));
    String line = new BufferedReader(printed).readLine();
    assertThat(line).startsWith(SERVES);
    port = Integer.toString(URI.create(line.substring(SERVES.length())).getPort());
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.interrupt();
    server.join();
  }

  private List<String> words(String... words) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--data-dir", directory.resolve("data").toString()));
    return all;
  }

  /** Builds an image with so much noise in it, and returns what went wrong; nothing: nothing. */
  private String build(String name, int seed, int bytes) throws IOException {
    byte[] noise = new byte[bytes];
    new Random(seed).nextBytes(noise);
    Path root = Files.createDirectories(directory.resolve("root-" + seed));
    Files.write(root.resolve("noise"), noise);
    List<String> words = words("image", "build", name, "--from", root.toString(), "--port", port);
    var err = new StringWriter();
    int status =
        Longshore.commandLine()
            .setOut(new PrintWriter(new StringWriter()))
            .setErr(new PrintWriter(err))
            .execute(words.toArray(String[]::new));
    assertThat(status).as(err.toString()).isEqualTo(err.toString().isEmpty() ? 0 : 1);
    return err.toString();
  }

  @Test
  void images_are_refused_beyond_the_bytes_of_a_repository_and_of_the_registry() throws Exception {
    assertThat(build("team/app:v1", 1, 20_000)).isEmpty();
    assertThat(build("team/app:v2", 2, 20_000))
        .contains("The repository with name 'team/app' in registry with id '123456789012'")
        .contains("cannot have more than 24576 bytes.");
    assertThat(build("team/web:v1", 3, 20_000))
        .contains("The registry with id '123456789012' cannot have more than 40960 bytes.");
    assertThat(build("team/web:v1", 4, 10_000)).isEmpty();
  }
}
