package dev.longshore.shapes;

/** What a value is, and which Java type carries it. */
public enum Kind {
  /** A {@code String}; enums too, so that values newer than the model survive. */
  STRING,
  /** A {@code Boolean}. */
  BOOLEAN,
  /** An {@code Integer}. */
  INTEGER,
  /** A {@code Long}. */
  LONG,
  /** A {@code Float}. */
  FLOAT,
  /** A {@code Double}. */
  DOUBLE,
  /** An {@code Instant} in milliseconds. */
  TIMESTAMP,
  /** A {@link Blob}. */
  BLOB,
  /** Free JSON: {@code String}, {@code Number}, {@code Boolean}, {@code List} or {@code Map}. */
  DOCUMENT,
  /** A {@code List}. */
  LIST,
  /** A {@code Map} with {@code String} keys, in the order of the wire. */
  MAP,
  /** A {@link Shape}. */
  STRUCTURE
}
