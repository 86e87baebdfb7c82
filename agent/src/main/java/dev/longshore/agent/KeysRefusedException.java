package dev.longshore.agent;

/** An agent is given no keys to act with. */
public final class KeysRefusedException extends Exception {
  private static final long serialVersionUID = 1;

  public KeysRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
