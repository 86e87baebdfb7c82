package dev.longshore.agent;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values as the Go language writes them, which the agent's variables and reasons do. */
final class GoText {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ns|us|µs|ms|s|m|h)");

  private GoText() {}

  /**
   * Reads {@code 30s}, {@code 1m30s}, {@code 1.5h}.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Duration duration(String text) {
    Matcher matcher = PART.matcher(text);
    double seconds = 0;
    int end = 0;
    while (matcher.find() && matcher.start() == end) {
      seconds += Double.parseDouble(matcher.group(1)) * unit(matcher.group(2));
      end = matcher.end();
    }
    if (end == 0 || end != text.length()) {
      throw new IllegalArgumentException("not a duration: " + text);
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  private static double unit(String name) {
    return switch (name) {
      case "ns" -> 1e-9;
      case "us", "µs" -> 1e-6;
      case "ms" -> 1e-3;
      case "s" -> 1;
      case "m" -> 60;
      default -> 3600;
    };
  }

  /** Writes {@code 4m0s}, {@code 2h0m0s}, {@code 45s}, {@code 1.5s}. */
  static String text(Duration duration) {
    StringBuilder text = new StringBuilder();
    long hours = duration.toHours();
    if (hours > 0) {
      text.append(hours).append('h');
    }
    if (hours > 0 || duration.toMinutes() > 0) {
      text.append(duration.toMinutesPart()).append('m');
    }
    double seconds = duration.toSecondsPart() + duration.toNanosPart() / 1e9;
    String written =
        seconds == Math.rint(seconds)
            ? Long.toString((long) seconds)
            : String.format(Locale.ROOT, "%.3f", seconds).replaceAll("0+$", "");
    return text.append(written).append('s').toString();
  }

  /**
   * Reads what Go takes for a boolean.
   *
   * @throws IllegalArgumentException for anything else
   */
  static boolean truth(String text) {
    return switch (text) {
      case "1", "t", "T", "TRUE", "true", "True" -> true;
      case "0", "f", "F", "FALSE", "false", "False" -> false;
      default -> throw new IllegalArgumentException("not a boolean: " + text);
    };
  }
}
