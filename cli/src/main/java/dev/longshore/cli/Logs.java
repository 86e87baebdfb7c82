package dev.longshore.cli;

import org.slf4j.LoggerFactory;

/** Sets the log up: to standard error, warnings and worse unless told otherwise. */
final class Logs {
  private static final String PREFIX = "org.slf4j.simpleLogger.";

  private Logs() {}

  /** Must run before the first logger is made. LONGSHORE_LOG names a level, such as info. */
  static void configure() {
    String level = System.getenv().getOrDefault("LONGSHORE_LOG", "warn");
    set("defaultLogLevel", level);
    // These tell of every election and segment; what goes wrong they still say.
    set("log.org.apache.ratis", "error");
    set("log.io.netty", "error");
    set("showDateTime", "true");
    set("dateTimeFormat", "yyyy-MM-dd'T'HH:mm:ss.SSSXXX");
    set("showShortLogName", "true");
  }

  private static void set(String name, String value) {
    if (System.getProperty(PREFIX + name) == null) {
      System.setProperty(PREFIX + name, value);
    }
  }

  static void debug(Throwable fault) {
    LoggerFactory.getLogger(Longshore.class).debug("The command failed.", fault);
  }
}
