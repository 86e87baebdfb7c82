package dev.longshore.core.model;

/** What a function that rotates secrets is called for, in this order. */
public enum RotationStep {
  CREATE("createSecret"),
  SET("setSecret"),
  TEST("testSecret"),
  FINISH("finishSecret");

  private final String text;

  RotationStep(String text) {
    this.text = text;
  }

  /** As functions are told it. */
  public String text() {
    return text;
  }

  /** The next one; the last one has itself. */
  public RotationStep next() {
    return switch (this) {
      case CREATE -> SET;
      case SET -> TEST;
      case TEST, FINISH -> FINISH;
    };
  }
}
