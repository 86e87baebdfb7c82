package dev.longshore.cli;

import javax.net.ssl.SSLException;

/** What to tell a user of a failure. */
final class Failures {
  private Failures() {}

  /** The messages of a failure and its causes, outermost first, without repetitions. */
  static String text(Throwable fault) {
    StringBuilder text = new StringBuilder();
    for (Throwable at = fault; at != null; at = at.getCause()) {
      String message = message(at);
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
    }
    return text.toString();
  }

  private static String message(Throwable fault) {
    String message = fault.getMessage();
    if (message == null) {
      return fault.getClass().getSimpleName();
    }
    // So the JDK says that what should have been TLS was something else.
    return fault instanceof SSLException && message.startsWith("Unsupported or unrecognized SSL")
        ? "the server speaks no TLS; leave out --tls-ca"
        : message;
  }
}
