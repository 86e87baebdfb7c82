package dev.longshore.agent.link;

import org.jspecify.annotations.Nullable;

/** The control plane gave no answer: no connection, a broken one, or nothing within the time. */
public final class UnreachableException extends Exception {
  private static final long serialVersionUID = 1;

  public UnreachableException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
