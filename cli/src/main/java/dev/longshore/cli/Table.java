package dev.longshore.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/** Rows of text with columns as wide as they have to be. */
final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  Table(String... heads) {
    row(heads);
  }

  /** Adds a row with as many cells as there are heads. */
  void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** Prints it below an empty line. */
  void print(PrintWriter out) {
    out.println();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder(" ");
      for (int at = 0; at < row.size(); at++) {
        line.append(' ').append(row.get(at)).repeat(" ", width(at) - row.get(at).length() + 1);
      }
      out.println(line.toString().stripTrailing());
    }
  }

  private int width(int column) {
    return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
  }
}
