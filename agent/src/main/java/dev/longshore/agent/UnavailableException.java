package dev.longshore.agent;

/** Something that a task needs cannot be had; the message is the task's reason. */
final class UnavailableException extends Exception {
  private static final long serialVersionUID = 1;

  UnavailableException(String reason) {
    super(reason);
  }
}
