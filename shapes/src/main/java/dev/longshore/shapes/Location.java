package dev.longshore.shapes;

/** Where REST protocols carry a member. */
public enum Location {
  BODY,
  /** One header, named by the member's wire name. */
  HEADER,
  /** All headers whose names start with the member's wire name. */
  HEADERS,
  /** A label of the path. */
  URI,
  /** A parameter of the query string, or for a map all parameters that no other member names. */
  QUERYSTRING,
  STATUS_CODE;

  /** Whether a response has the member in its body: it has no path and no query of its own. */
  public boolean isInResponseBody() {
    return switch (this) {
      case BODY, URI, QUERYSTRING -> true;
      case HEADER, HEADERS, STATUS_CODE -> false;
    };
  }
}
