package dev.longshore.agent.docker;

/** Text that was to be JSON is not; the message says where. */
public final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  JsonSyntaxException(String message, Throwable cause) {
    super(message, cause);
  }
}
