package dev.longshore.simulation;

/** A promise was broken in one life; the seed repeats it. */
public final class SimulationFailure extends RuntimeException {
  private static final long serialVersionUID = 1;

  SimulationFailure(long seed, long millis, String what) {
    super(
        "seed "
            + seed
            + ", "
            + millis / 1000.0
            + " s after the beginning: "
            + what
            + "\nReplay it: ./longshore simulate --seed "
            + seed
            + " --verbose");
  }
}
