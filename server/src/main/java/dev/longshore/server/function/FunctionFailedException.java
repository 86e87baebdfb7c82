package dev.longshore.server.function;

/** A function gave no answer, and would give none the next time; the message is a sentence. */
final class FunctionFailedException extends Exception {
  private static final long serialVersionUID = 1;

  FunctionFailedException(String message) {
    super(message);
  }

  FunctionFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
