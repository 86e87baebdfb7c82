package dev.longshore.wire.validation;

/** The kinds of constraint that a model states. */
public enum Rule {
  REQUIRED,
  LENGTH,
  RANGE,
  PATTERN,
  ENUM
}
