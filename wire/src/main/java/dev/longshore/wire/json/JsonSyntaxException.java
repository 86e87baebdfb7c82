package dev.longshore.wire.json;

/** Text that was to be JSON is not; the message says where. */
public final class JsonSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public JsonSyntaxException(String message, Throwable cause) {
    super(message, cause);
  }
}
