package dev.longshore.shapes;

/** How a timestamp is written when the model says so; otherwise the protocol decides. */
public enum TimestampFormat {
  /** Seconds since 1970 with an optional fraction. */
  EPOCH_SECONDS,
  /** RFC 3339 in UTC. */
  DATE_TIME,
  /** RFC 7231's IMF-fixdate. */
  HTTP_DATE
}
