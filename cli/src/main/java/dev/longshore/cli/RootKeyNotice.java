package dev.longshore.cli;

import dev.longshore.server.RootKeys;
import dev.longshore.wire.signature.Credentials;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is said about the root keys when a control plane starts. */
final class RootKeyNotice {
  private final Path file;
  private final boolean first;

  private RootKeyNotice(Path file, boolean first) {
    this.file = file;
    this.first = first;
  }

  /** To be asked before the start, which makes the keys where there are none. */
  static RootKeyNotice before(Path dataDirectory) {
    Path file = RootKeys.file(dataDirectory);
    return new RootKeyNotice(file, !Files.exists(file));
  }

  /** Whether somebody reads what is printed; else it goes to a log, where no secret belongs. */
  static boolean onTerminal() {
    return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
  }

  /**
   * The lines to print: the keys themselves once, where they were made and somebody reads it.
   *
   * @param read whether what is printed is read by somebody and kept by nobody
   */
  List<String> lines(Credentials keys, boolean read) {
    List<String> lines = new ArrayList<>();
    if (first && read) {
      lines.add("Root keys, shown this once:");
      lines.add("  AWS_ACCESS_KEY_ID=" + keys.accessKeyId());
      lines.add("  AWS_SECRET_ACCESS_KEY=" + keys.secretAccessKey());
    }
    lines.add("Root keys are kept in " + file + "; for new ones delete it and start again");
    return lines;
  }
}
