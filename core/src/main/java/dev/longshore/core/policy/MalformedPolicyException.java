package dev.longshore.core.policy;

/** A text that is no policy of its kind. */
public final class MalformedPolicyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final String text;

  MalformedPolicyException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  /** What IAM says of it. */
  public String text() {
    return text;
  }
}
