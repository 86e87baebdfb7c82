package dev.longshore.agent.link;

/** The control plane's answer was an error. */
public final class ApiException extends Exception {
  private static final long serialVersionUID = 1;
  private final int status;
  private final String code;

  ApiException(int status, String code, String message) {
    super(code + ": " + message);
    this.status = status;
    this.code = code;
  }

  /** The error's name without its namespace, such as {@code ClientException}. */
  public String code() {
    return code;
  }

  public int status() {
    return status;
  }

  /** Worth trying again soon: the server's own fault, or too many calls. */
  public boolean isTransient() {
    return status >= 500
        || code.equals("ThrottlingException")
        || code.equals("ServerException")
        || code.equals("LimitExceededException");
  }
}
