package dev.longshore.agent.docker;

import java.nio.charset.StandardCharsets;

/** A piece of a container's output. The array is the receiver's own. */
@SuppressWarnings("ArrayRecordComponent") // Bytes on their way through; nobody compares pieces.
public record Output(Source source, byte[] bytes) {
  /** Where the container wrote it; a container with a terminal has only {@code OUT}. */
  public enum Source {
    OUT,
    ERROR
  }

  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
