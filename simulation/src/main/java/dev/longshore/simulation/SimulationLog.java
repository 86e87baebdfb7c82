package dev.longshore.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.event.Level;

/**
 * What the product's classes log while a simulation runs on this thread. An error is a finding, for
 * the product logs one only where it is at fault itself.
 */
final class SimulationLog {
  private record Line(Level level, String text) {}

  private static final class Lines {
    final List<Line> waiting = new ArrayList<>();
    final boolean read;

    Lines(boolean read) {
      this.read = read;
    }
  }

  private static final ThreadLocal<Lines> LINES = new ThreadLocal<>();

  private SimulationLog() {}

  /** From now on this thread's lines are kept; all of them, or errors only. */
  static void begin(boolean read) {
    LINES.set(new Lines(read));
  }

  static void end() {
    LINES.remove();
  }

  static boolean takes(Level level) {
    Lines lines = LINES.get();
    return level == Level.ERROR
        || (lines != null && lines.read && level.toInt() >= Level.INFO.toInt());
  }

  static void take(Level level, String text) {
    Lines lines = LINES.get();
    if (lines != null) {
      lines.waiting.add(new Line(level, text));
    }
  }

  /** Tells what was logged since the last time. */
  static void drain(Chronicle chronicle, Consumer<String> errors) {
    Lines lines = LINES.get();
    if (lines == null || lines.waiting.isEmpty()) {
      return;
    }
    for (Line line : lines.waiting) {
      chronicle.tell(() -> "[" + line.level + "] " + line.text);
      if (line.level == Level.ERROR) {
        errors.accept(line.text);
      }
    }
    lines.waiting.clear();
  }
}
