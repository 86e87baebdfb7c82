package dev.longshore.agent.link;

/** The control plane's answer was an error. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String code;

  private final String text;

  public ApiException(int status, String code, String text) {
    super(code + ": " + text);
    this.status = status;
    this.code = code;
    this.text = text;
  }

  /** What the control plane said, without the code. */
  public String text() {
    return text;
  }

  /** The error's name without its namespace, such as {@code ClientException}. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** Too many calls, which a while without any mends; in the words of several services. */
  public boolean isThrottled() {
    return switch (code) {
      case "ThrottlingException", "Throttling", "TooManyRequestsException", "SlowDown" -> true;
      default -> status == 429;
    };
  }

  /** Worth trying again soon: the server's own fault, or too many calls. */
  public boolean isTransient() {
    return status >= 500
        || code.equals("ThrottlingException")
        || code.equals("ServerException")
        || code.equals("LimitExceededException");
  }
}
