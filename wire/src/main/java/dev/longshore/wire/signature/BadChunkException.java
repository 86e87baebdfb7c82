package dev.longshore.wire.signature;

import dev.longshore.wire.signature.Verification.Refused;

/** A body in chunks is not what was signed, or not in that form. */
public final class BadChunkException extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Refused refusal;

  BadChunkException(Refused refusal) {
    super(refusal.message(), null, false, false);
    this.refusal = refusal;
  }

  /** What to tell the sender. */
  public Refused refusal() {
    return refusal;
  }
}
