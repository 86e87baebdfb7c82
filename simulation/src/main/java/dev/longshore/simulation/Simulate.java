package dev.longshore.simulation;

import java.io.PrintStream;
import java.util.Locale;

/** The command: lives one seed, or many one after the other, and says how they went. */
public final class Simulate {
  private static final String USAGE =
      """
      usage: longshore simulate [--seed N] [--count N] [--verbose]
        --seed N     the first seed (1)
        --count N    how many seeds, from the first on (1)
        --verbose    print everything that happens\
      """;

  private long seed = 1;
  private long count = 1;
  private boolean verbose;

  private Simulate() {}

  /** Ends with status 0 when every promise was kept, 1 when one was broken, 2 for bad usage. */
  public static void main(String... arguments) {
    System.exit(new Simulate().run(arguments, System.out, System.err));
  }

  private int run(String[] arguments, PrintStream out, PrintStream err) {
    try {
      read(arguments);
    } catch (IllegalArgumentException e) {
      err.println(USAGE);
      return 2;
    }
    for (long each = seed; each < seed + count; each++) {
      try {
        Simulation.Outcome outcome = Simulation.run(each, verbose ? out::println : null);
        out.printf(
            Locale.ROOT,
            "seed %d: kept every promise in %.0f s, %d turns, %d container starts%n",
            outcome.seed(),
            outcome.millis() / 1000.0,
            outcome.commits(),
            outcome.containersStarted());
      } catch (SimulationFailure e) {
        err.println(e.getMessage());
        if (e.getCause() != null) {
          e.getCause().printStackTrace(err);
        }
        return 1;
      }
    }
    return 0;
  }

  private void read(String[] arguments) {
    for (int at = 0; at < arguments.length; at++) {
      switch (arguments[at]) {
        case "--verbose" -> verbose = true;
        case "--seed" -> seed = number(arguments, ++at);
        case "--count" -> count = number(arguments, ++at);
        default -> throw new IllegalArgumentException(arguments[at]);
      }
    }
  }

  private static long number(String[] arguments, int at) {
    if (at >= arguments.length) {
      throw new IllegalArgumentException("a number is missing");
    }
    return Long.parseLong(arguments[at]);
  }
}
