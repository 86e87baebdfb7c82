package dev.longshore.server.log;

import java.io.Serial;

/**
 * An append was not acknowledged because this node does not lead, or ceased to while the entry was
 * in flight. In the second case the entry may still become durable.
 */
public final class NotLeaderException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  public NotLeaderException(String message) {
    super(message);
  }
}
