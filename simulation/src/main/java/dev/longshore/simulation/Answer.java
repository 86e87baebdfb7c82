package dev.longshore.simulation;

import dev.longshore.wire.json.Json;

/** What a caller of the API gets. */
sealed interface Answer {
  /** It was done. */
  record Done(Json body) implements Answer {}

  /** It was refused, or the server failed. */
  record Refused(int status, String code, String text) implements Answer {
    boolean isTransient() {
      return status >= 500 || code.equals("ThrottlingException");
    }
  }

  /** Nothing came back: it may or may not have been done. */
  record Lost() implements Answer {}
}
