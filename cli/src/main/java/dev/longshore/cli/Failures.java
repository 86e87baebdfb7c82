package dev.longshore.cli;

/** What to tell a user of a failure. */
final class Failures {
  private Failures() {}

  /** The messages of a failure and its causes, outermost first, without repetitions. */
  static String text(Throwable fault) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = fault; at != null; at = at.getCause()) {
      String message = at.getMessage() == null ? at.getClass().getSimpleName() : at.getMessage();
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
    }
    return text.toString();
  }
}
