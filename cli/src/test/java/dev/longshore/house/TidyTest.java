package dev.longshore.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Keeps files and methods short and free of leftovers. */
class TidyTest {
  private static final int COLUMNS = 100;
  private static final int METHOD_LINES = 70;
  private static final int CLASS_LINES = 500;

  // Written in two parts, so that this file does not break its own rule.
  private static final Pattern LEFTOVER =
      Pattern.compile(
          "\\b(TO" + "DO|FIX" + "ME|XX" + "X)\\b|@Dis" + "abled|Thread\\.sl" + "eep\\(");

  /** A line that opens a method or a constructor: indented by a class's depth, ends in a brace. */
  private static final Pattern METHOD =
      Pattern.compile("^( {2}| {4}| {6})(?! )(?!.*\\b(class|interface|record|enum)\\b).*\\).*\\{$");

  private static final Pattern TYPE = Pattern.compile("\\b(class|interface|record|enum)\\b");

  private record Fault(String file, String rule) {
    @Override
    public String toString() {
      return file + " " + rule;
    }
  }

  @Test
  void sources_are_tidy() {
    Set<String> faults = new TreeSet<>();
    for (Path source : House.sources()) {
      for (Fault fault : faults(source)) {
        faults.add(fault.toString());
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void every_package_has_a_door_plate() {
    List<String> missing = new ArrayList<>();
    for (Path source : House.sources()) {
      Path plate = source.resolveSibling("package-info.java");
      boolean main = source.toString().contains("/src/main/");
      if (main && (!Files.exists(plate) || !isWhole(House.read(plate)))) {
        missing.add(name(plate));
      }
    }
    assertThat(missing).isEmpty();
  }

  private static boolean isWhole(String plate) {
    return plate.contains("@NullMarked")
        && plate.contains("For:")
        && plate.contains("Holds:")
        && plate.contains("Doors:")
        && plate.contains("Threads:");
  }

  private static List<Fault> faults(Path source) {
    List<Fault> faults = new ArrayList<>();
    List<String> lines = House.read(source).lines().toList();
    if (lines.size() > CLASS_LINES) {
      faults.add(new Fault(name(source), "long-class"));
    }
    for (String line : lines) {
      if (line.length() > COLUMNS && !line.startsWith("import ")) {
        faults.add(new Fault(name(source), "wide-line"));
      }
      if (LEFTOVER.matcher(line).find()) {
        faults.add(new Fault(name(source), "leftover"));
      }
    }
    if (longestMethod(lines) > METHOD_LINES) {
      faults.add(new Fault(name(source), "long-method"));
    }
    return faults;
  }

  /** The lines of the longest method, from its opening brace's line to the closing brace. */
  private static int longestMethod(List<String> lines) {
    int longest = 0;
    for (int at = 0; at < lines.size(); at++) {
      if (METHOD.matcher(lines.get(at)).matches()) {
        String first = lines.get(firstLine(lines, at));
        if (TYPE.matcher(first).find()) {
          continue;
        }
        String close = first.substring(0, first.length() - first.stripLeading().length()) + "}";
        int end = at + 1;
        while (end < lines.size() && !lines.get(end).startsWith(close)) {
          end++;
        }
        longest = Math.max(longest, end - at + 1);
      }
    }
    return longest;
  }

  /** Where a signature that may have been wrapped begins. */
  private static int firstLine(List<String> lines, int last) {
    int first = last;
    while (first > 0
        && (lines.get(first - 1).endsWith(",") || lines.get(first - 1).endsWith("("))) {
      first--;
    }
    return first;
  }

  private static String name(Path file) {
    return House.root().relativize(file).toString();
  }
}
