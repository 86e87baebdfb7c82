package dev.longshore.bench.balancer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One run of wrk against one server.
 *
 * @param rate requests a second
 * @param median microseconds
 * @param p99 microseconds
 * @param processorMicros the server's processor time for each request
 */
record Round(double rate, double median, double p99, double processorMicros) {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
  private static final Pattern COUNT = Pattern.compile("([0-9]+) requests in");
  private static final Pattern MEDIAN = Pattern.compile("50%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern P99 = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s)");
  private static final Pattern FAULTS =
      Pattern.compile("(Socket errors: .*|Non-2xx or 3xx responses: .*)");

  static Round of(Contender server, int connections, int seconds)
      throws IOException, InterruptedException {
    double before = server.processorSeconds();
    Process wrk =
        new ProcessBuilder(
                List.of(
                    "wrk",
                    "-t" + Math.min(2, connections),
                    "-c" + connections,
                    "-d" + seconds + "s",
                    "--latency",
                    "http://127.0.0.1:" + server.port() + "/"))
            .redirectErrorStream(true)
            .start();
    String text = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (wrk.waitFor() != 0) {
      throw new IOException("wrk failed: " + text);
    }
    Matcher faults = FAULTS.matcher(text);
    if (faults.find()) {
      throw new IOException(server.name() + ": " + faults.group());
    }
    double used = server.processorSeconds() - before;
    return new Round(
        number(RATE, text),
        micros(MEDIAN, text),
        micros(P99, text),
        used * 1e6 / number(COUNT, text));
  }

  private static double number(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("wrk did not say " + pattern + ": " + text);
    }
    return Double.parseDouble(found.group(1));
  }

  private static double micros(Pattern pattern, String text) throws IOException {
    Matcher found = pattern.matcher(text);
    if (!found.find()) {
      throw new IOException("wrk did not say " + pattern + ": " + text);
    }
    double number = Double.parseDouble(found.group(1));
    return switch (found.group(2)) {
      case "us" -> number;
      case "ms" -> number * 1e3;
      default -> number * 1e6;
    };
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT, "%.0f/s, p99 %.2f ms, %.1f µs CPU", rate, p99 / 1e3, processorMicros);
  }
}
