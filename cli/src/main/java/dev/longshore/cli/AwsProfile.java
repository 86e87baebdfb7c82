package dev.longshore.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A profile in the files that AWS's tools share. Everything else in them stays as it is, line for
 * line; a profile of the same name is replaced only where Longshore wrote it.
 */
final class AwsProfile {
  private static final String MARK = "# Written by longshore env --profile";

  private final Path config;
  private final Path credentials;

  AwsProfile(Path config, Path credentials) {
    this.config = config;
    this.credentials = credentials;
  }

  /** Where the tools look: as their variables say, else below the home directory. */
  static AwsProfile ofUser(Map<String, String> environment, Path home) {
    Path directory = home.resolve(".aws");
    return new AwsProfile(
        path(environment.get("AWS_CONFIG_FILE"), directory.resolve("config")),
        path(environment.get("AWS_SHARED_CREDENTIALS_FILE"), directory.resolve("credentials")));
  }

  private static Path path(@Nullable String named, Path usual) {
    return named == null || named.isEmpty() ? usual : Path.of(named);
  }

  /** The two files, for telling the user. */
  List<Path> files() {
    return List.of(config, credentials);
  }

  /**
   * Writes the profile.
   *
   * @param settings goes to the file of settings, in this order
   * @param keys goes to the file of credentials
   * @throws IOException a file cannot be read or written, or has such a profile of somebody else's
   */
  void write(String name, Map<String, String> settings, Map<String, String> keys)
      throws IOException {
    String heading = name.equals("default") ? "[default]" : "[profile " + name + ']';
    List<String> newConfig = merged(config, heading, settings);
    List<String> newCredentials = merged(credentials, '[' + name + ']', keys);
    replace(config, newConfig);
    replace(credentials, newCredentials);
  }

  private static List<String> merged(Path file, String heading, Map<String, String> values)
      throws IOException {
    List<String> lines = new ArrayList<>(Files.exists(file) ? Files.readAllLines(file) : List.of());
    int at = start(lines, heading);
    if (at < lines.size()) {
      int end = at + 1;
      while (end < lines.size() && !lines.get(end).strip().startsWith("[")) {
        end++;
      }
      List<String> there = lines.subList(at, end);
      if (there.stream().noneMatch(line -> line.strip().equals(MARK))) {
        throw new IOException(file + " has a profile " + heading + " that is not Longshore's");
      }
      there.clear();
    } else if (!lines.isEmpty() && !lines.getLast().isBlank()) {
      lines.add("");
      at++;
    }
    List<String> section = new ArrayList<>(List.of(heading, MARK));
    values.forEach((name, value) -> section.add(name + " = " + value));
    if (at < lines.size()) {
      section.add("");
    }
    lines.addAll(at, section);
    return lines;
  }

  /** The line of the heading; the number of lines where there is none. */
  private static int start(List<String> lines, String heading) {
    for (int at = 0; at < lines.size(); at++) {
      if (lines.get(at).strip().equals(heading)) {
        return at;
      }
    }
    return lines.size();
  }

  /** Through a second file that only its owner may read, so that a crash leaves the old or new. */
  private static void replace(Path file, List<String> lines) throws IOException {
    Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
    Files.createDirectories(real.getParent());
    Path whole = real.resolveSibling(real.getFileName() + ".new");
    Files.deleteIfExists(whole);
    Files.createFile(
        whole, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(whole, lines);
    Files.move(whole, real, StandardCopyOption.ATOMIC_MOVE);
  }
}
