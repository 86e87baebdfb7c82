package dev.longshore.agent.docker;

import org.jspecify.annotations.Nullable;

/**
 * A call to the engine that did not succeed. The message is the one the docker client prints, so
 * that it can stand as it is in a container's {@code reason}: {@code Error response from daemon: …}
 * for an answer of the engine.
 */
public final class DockerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What went wrong, as far as a caller acts on it. */
  public enum Kind {
    /** The engine answered with an error; {@link #status()} is its HTTP status. */
    ANSWERED,
    /** The engine could not be reached, or the connection broke before the answer was whole. */
    UNREACHABLE,
    /** No answer within the call's time; what the call asked for may still happen. */
    TIMED_OUT,
    /** The calling thread was interrupted; its interrupt flag is set again. */
    INTERRUPTED,
    /** The engine sent something this client does not accept, such as an answer over its limit. */
    UNEXPECTED,
    /** This client refused the call: too many are under way already. */
    REFUSED
  }

  private final Kind kind;
  private final int status;

  private DockerException(Kind kind, int status, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.status = status;
  }

  static DockerException answered(int status, String message) {
    return new DockerException(
        Kind.ANSWERED, status, "Error response from daemon: " + message.strip(), null);
  }

  /** An error that came in the middle of a stream of progress: printed as it is. */
  static DockerException inStream(String message) {
    return new DockerException(Kind.ANSWERED, 200, message.strip(), null);
  }

  static DockerException of(Kind kind, String message) {
    return new DockerException(kind, 0, message, null);
  }

  static DockerException of(Kind kind, String message, Throwable cause) {
    return new DockerException(kind, 0, message, cause);
  }

  static DockerException unreachable(EngineAddress address, Throwable cause) {
    return new DockerException(
        Kind.UNREACHABLE,
        0,
        "Cannot connect to the Docker daemon at " + address + ". Is the docker daemon running?",
        cause);
  }

  /** The same, with the stack of the thread that throws it: it was made on the event loop. */
  DockerException thrownHere() {
    return new DockerException(kind, status, String.valueOf(getMessage()), this);
  }

  public Kind kind() {
    return kind;
  }

  /** The engine's HTTP status, or 0 when it did not answer. */
  public int status() {
    return status;
  }

  /** Whether the engine says that the container, image, volume or network does not exist. */
  public boolean notFound() {
    return status == 404;
  }

  /** Whether the engine refuses because of the thing's state, or because a name is in use. */
  public boolean conflict() {
    return status == 409;
  }
}
