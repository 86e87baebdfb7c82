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
  STATUS_CODE
}
