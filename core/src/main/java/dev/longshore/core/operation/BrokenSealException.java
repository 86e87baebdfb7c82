package dev.longshore.core.operation;

/** A sealed value cannot be opened. Says nothing about the value. */
public final class BrokenSealException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BrokenSealException(String message) {
    super(message);
  }

  public BrokenSealException(String message, Throwable cause) {
    super(message, cause);
  }
}
