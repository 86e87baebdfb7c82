package dev.longshore.simulation.check;

/** Nobody's fault but ours is ever logged as an error. */
public final class NothingFailsInside implements Checker {
  /** An error was logged. */
  public void logged(String line, Findings findings) {
    findings.found("an error was logged: " + line);
  }
}
