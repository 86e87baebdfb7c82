package dev.longshore.core.key;

import dev.longshore.core.operation.Context;

/**
 * A key that a service was to use for its caller cannot be used: it is unknown, disabled, or waits
 * for its deletion. The service says so in its own error, around the words of this one.
 */
public final class UnusableKeyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Words it as AWS's services pass on what the key management service told them. */
  UnusableKeyException(String code, String text, Context context) {
    super(
        text
            + " (Service: AWSKMS; Status Code: 400; Error Code: "
            + code
            + "; Request ID: "
            + context.ids().uuid()
            + "; Proxy: null)",
        null,
        false,
        false);
  }

  /** The whole text. */
  public String text() {
    return String.valueOf(getMessage());
  }
}
