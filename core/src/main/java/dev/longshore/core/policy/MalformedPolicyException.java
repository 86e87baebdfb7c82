package dev.longshore.core.policy;

/** A text that is no policy of its kind; the message is what IAM says of it. */
public final class MalformedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedPolicyException(String message) {
    super(message, null, false, false);
  }
}
