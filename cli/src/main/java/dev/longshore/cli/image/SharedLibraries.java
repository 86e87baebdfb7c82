package dev.longshore.cli.image;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The libraries of this machine that programs in a directory need, as the loader finds them. */
final class SharedLibraries {
  private static final Pattern NEEDED = Pattern.compile("(?:\\S+ => )?(/\\S+) \\(0x[0-9a-f]+\\)");
  private static final String MISSING = " => not found";
  private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

  private SharedLibraries() {}

  /** Their paths, those within the directory left out. */
  static SortedSet<Path> of(Path directory) throws IOException, InterruptedException {
    Path home = directory.toRealPath();
    List<String> command = new ArrayList<>(List.of("ldd"));
    Set<String> own = new HashSet<>();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        own.add(file.getFileName().toString());
        if (isProgram(file)) {
          command.add(file.toString());
        }
      }
    }
    SortedSet<Path> needed = new TreeSet<>();
    if (command.size() == 1) {
      return needed;
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader out = process.inputReader()) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        Matcher match = NEEDED.matcher(line.strip());
        if (match.matches()) {
          Path library = Path.of(match.group(1)).normalize();
          if (!library.startsWith(home)) {
            needed.add(library);
          }
        } else if (line.endsWith(MISSING) && !own.contains(line.strip().replace(MISSING, ""))) {
          throw new IOException("a library is missing on this machine: " + line.strip());
        }
      }
    }
    process.waitFor();
    return needed;
  }

  private static boolean isProgram(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Arrays.equals(in.readNBytes(ELF.length), ELF);
    }
  }
}
