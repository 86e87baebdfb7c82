package dev.longshore.bench.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A section of docs/bench.md: what was run, on what, and what came out. Prints itself line by line
 * as it grows.
 */
public final class Report {
  private static final String START =
      "# Measurements\n\nWritten by `./longshore bench`, each section by the command it names.\n";

  private final String title;
  private final List<String> lines = new ArrayList<>();
  private final PrintStream out =
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

  /**
   * A new section.
   *
   * @param command what the user typed behind {@code ./longshore bench}
   */
  public Report(String title, String command) {
    this.title = title;
    line("## " + title);
    line("");
    line("`./longshore bench " + command + "`, commit " + commit() + ", on " + machine() + ".");
    line("");
  }

  /** Adds a line; empty lines end paragraphs and tables. */
  public void line(String line) {
    lines.add(line);
    out.println(line);
  }

  /** Tells on the terminal alone how far the run is. */
  public void progress(String text) {
    out.println("... " + text);
  }

  /** Puts the section into a document in place of the one with the same title, or at its end. */
  public void writeTo(Path document) throws IOException {
    String before = Files.exists(document) ? Files.readString(document) : START;
    StringBuilder after = new StringBuilder();
    boolean replaced = false;
    boolean skipping = false;
    for (String line : before.lines().toList()) {
      if (line.startsWith("## ")) {
        skipping = line.equals("## " + title);
        if (skipping) {
          after.append(text()).append('\n');
          replaced = true;
        }
      }
      if (!skipping) {
        after.append(line).append('\n');
      }
    }
    if (!replaced) {
      after.append('\n').append(text());
    }
    Files.writeString(document, after.toString().stripTrailing() + '\n');
  }

  private String text() {
    return String.join("\n", lines).stripTrailing() + '\n';
  }

  private static String commit() {
    return System.getProperty("longshore.commit", "unknown");
  }

  private static String machine() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.availableProcessors()
        + " cores, heap of "
        + runtime.maxMemory() / 1024 / 1024
        + " MiB, JDK "
        + Runtime.version()
        + ", "
        + System.getProperty("os.name")
        + ' '
        + System.getProperty("os.arch")
        + load();
  }

  /** How busy others kept the machine when the run began. */
  private static String load() {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    String kind = load > 0.5 * Runtime.getRuntime().availableProcessors() ? "loaded" : "idle";
    return String.format(Locale.ROOT, "; %s machine (load average %.1f at the start)", kind, load);
  }
}
