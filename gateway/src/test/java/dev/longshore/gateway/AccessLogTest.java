package dev.longshore.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.gateway.http.AccessEntry;
import dev.longshore.gateway.route.Action;
import dev.longshore.gateway.route.Condition;
import dev.longshore.gateway.route.Protocol;
import dev.longshore.gateway.route.Rule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written down of requests. */
class AccessLogTest {
  private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z";
  private static final String SECONDS = "0\\.\\d{3}";
  private static final String URL = "/x\\?key=secret";
  private static final int FIELDS = 33;

  @TempDir private Path directory = Path.of("");

  private Scene scene() {
    Scene scene =
        new Scene(GatewaySettings.usual().withAccessLogs(directory), GatewayListener.none());
    return scene.attribute("access_logs.s3.enabled", "true");
  }

  private List<String> lines() throws IOException {
    return Files.readAllLines(directory.resolve("app.test.1.log"));
  }

  @Test
  void a_request_is_a_line_of_all_that_aws_writes_with_its_whole_url() throws Exception {
    int listens;
    int port;
    try (Backend target = Backend.saying("hello");
        Scene scene = scene()) {
      scene.group("g", target.port()).to("g").apply();
      listens = scene.address().getPort();
      port = target.port();
      scene.ask("GET /x?key=secret HTTP/1.1\r\nHost: a.example\r\nUser-Agent: say \"hi\"\r\n\r\n");
    }
    assertThat(lines()).hasSize(1);
    assertThat(lines().getFirst())
        .matches(
            "http TIME app/test/1 127.0.0.1:\\d+ TARGET SECONDS SECONDS SECONDS 200 200 69 \\d+ URL"
                    .replace("TIME", TIME)
                    .replace("SECONDS", SECONDS)
                    .replace("TARGET", "127.0.0.1:" + port)
                    .replace("URL", "\"GET http://a.example:" + listens + URL + " HTTP/1.1\"")
                + " \"say %22hi%22\" - - g \"Root=1-\\S+\" \"-\" \"-\" 0 "
                + TIME
                + " \"forward\" \"-\" \"-\" \"127.0.0.1:"
                + port
                + "\" \"200\" \"-\" \"-\" TID_[0-9a-f]{32} \"-\" \"-\" \"-\"");
  }

  @Test
  void rules_redirects_and_failures_are_told() throws Exception {
    Condition blue = new Condition.PathPattern(List.of("/blue"), List.of());
    try (Scene scene = scene()) {
      scene
          .rule(
              new Rule(
                  "r",
                  7,
                  List.of(blue),
                  new Action.Redirect("https", "b.example", "443", "/green", "", 301)))
          .group("none")
          .to("none")
          .apply();
      scene.get("/blue");
      scene.get("/red");
    }
    assertThat(lines().getFirst())
        .contains(" - -1 -1 -1 301 - ")
        .contains(" 7 ")
        .contains("\"redirect\" \"https://b.example/green\" \"-\" \"-\" \"-\" ");
    assertThat(lines().getLast())
        .contains(" - -1 -1 -1 503 - ")
        .contains(" 0 ")
        .contains("\"forward\" \"-\"");
    assertThat(lines()).allMatch(line -> fields(line) == FIELDS);
  }

  /** Fields of a line, of which those in quotes may have blanks. */
  private static long fields(String line) {
    return Pattern.compile("\"[^\"]*\"|\\S+").matcher(line).results().count();
  }

  @Test
  void tls_is_told_by_openssls_names_with_the_certificate_that_was_shown() throws Exception {
    try (Scene scene = scene()) {
      scene
          .security(List.of("TLSv1.2"), "ECDHE-ECDSA-AES128-GCM-SHA256")
          .secure(
              Protocol.HTTPS,
              Certificates.of("arn:a", "a.example"),
              Certificates.of("arn:b", "b.example"))
          .apply();
      try (Wire wire = new Wire(Trusting.connect(scene.address(), "b.example", "TLSv1.2"))) {
        wire.send("GET / HTTP/1.1\r\nHost: b.example\r\n\r\n").answer();
      }
    }
    assertThat(lines().getFirst())
        .startsWith("https ")
        .contains(" ECDHE-ECDSA-AES128-GCM-SHA256 TLSv1.2 ")
        .contains(" \"b.example\" \"arn:b\" 0 ");
  }

  @Test
  void nothing_is_written_down_where_the_load_balancer_does_not_ask_for_it() throws Exception {
    try (Scene scene = scene().attribute("access_logs.s3.enabled", "false").apply()) {
      scene.get("/");
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  private static String line(int number) {
    return "x".repeat(90) + number;
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void five_full_files_are_kept_for_their_owner_alone() throws Exception {
    AccessFiles files = new AccessFiles(directory, 1_000, 1 << 20);
    for (int i = 0; i < 100; i++) {
      files.write("app/a/1", line(i));
    }
    files.close();
    assertThat(names()).hasSize(6).contains("app.a.1.log", "app.a.1.log.5");
    for (String name : names()) {
      Path file = directory.resolve(name);
      assertThat(Files.size(file)).isBetween(1L, 1_100L);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("rw-------");
    }
    assertThat(Files.readString(directory.resolve("app.a.1.log"))).endsWith(line(99) + "\n");
  }

  @Test
  void the_oldest_files_of_all_load_balancers_go_first_and_no_others() throws Exception {
    Files.writeString(directory.resolve("mine.log"), "x".repeat(5_000));
    AccessFiles files = new AccessFiles(directory, 1_000, 5_000);
    for (int balancer = 0; balancer < 40; balancer++) {
      files.write("app/" + balancer + "/1", "x".repeat(1_000));
      files.write("app/" + balancer + "/1", line(0));
      files.close();
      for (String name : names()) {
        if (name.startsWith("app." + balancer + ".")) {
          Files.setLastModifiedTime(directory.resolve(name), FileTime.fromMillis(balancer));
        }
      }
    }
    long bytes = 0;
    for (String name : names()) {
      bytes += Files.size(directory.resolve(name));
    }
    assertThat(bytes).isBetween(8_000L, 5_000L + 5_000L + 1_100L);
    assertThat(names()).contains("mine.log", "app.39.1.log").doesNotContain("app.0.1.log");
  }

  @Test
  void lines_are_written_again_once_the_disk_takes_them() throws Exception {
    Path blocked = directory.resolve("blocked");
    Files.writeString(blocked, "no directory");
    try (AccessLogs logs = new AccessLogs(new AccessFiles(blocked, 1_000, 10_000))) {
      logs.add(entry());
      Files.delete(blocked);
      Path file = blocked.resolve("app.a.1.log");
      long end = System.nanoTime() + 20_000_000_000L;
      while (!Files.exists(file)) {
        assertThat(System.nanoTime()).as("nothing is written").isLessThan(end);
        logs.add(entry());
        java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
      }
    }
  }

  private static AccessEntry entry() {
    return new AccessEntry(
        "http",
        0,
        0,
        "app/a/1",
        "c",
        "t",
        1,
        1,
        1,
        200,
        200,
        0,
        0,
        "GET",
        "/",
        "HTTP/1.1",
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        "TID_1");
  }
}
