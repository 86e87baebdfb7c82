package dev.longshore.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that the page of cases names is there. */
class CasesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAMED = Pattern.compile("`([A-Za-z]+Test)\\.([a-z0-9_]+)`");

  @Test
  void every_case_is_shown_by_a_test_that_exists() throws IOException {
    Map<String, String> sources = sources();
    int rows = 0;
    for (String line : Files.readAllLines(ROOT.resolve("docs/cases.md"))) {
      if (line.startsWith("| ") && !line.startsWith("| case ")) {
        rows++;
        Matcher named = NAMED.matcher(line);
        assertThat(line.contains("| later, ") || named.find()).as(line).isTrue();
        for (Matcher each = NAMED.matcher(line); each.find(); ) {
          assertThat(sources.getOrDefault(each.group(1), ""))
              .as(each.group())
              .contains("void " + each.group(2) + "(");
        }
      }
    }
    assertThat(rows).isEqualTo(24 + 30 + 28 + 33 + 57 + 38 + 16 + 25 + 29 + 20);
  }

  private static Map<String, String> sources() throws IOException {
    Map<String, String> sources = new HashMap<>();
    for (String module : new String[] {"core", "agent", "e2e", "server", "wire", "gateway"}) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
        for (Path file : files.filter(path -> path.toString().endsWith("Test.java")).toList()) {
          String name = file.getFileName().toString().replace(".java", "");
          // Rooms may have tests of one name.
          sources.merge(name, Files.readString(file), String::concat);
        }
      }
    }
    return sources;
  }
}
