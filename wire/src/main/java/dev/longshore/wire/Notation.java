package dev.longshore.wire;

/** How members and scalars are noted in a stream of JSON tokens. */
enum Notation {
  /** JSON with members under the names of the model: the awsJson protocols. */
  JSON_MODEL_NAMES(false, false),
  /** JSON with members under their names for the wire: restJson. */
  JSON_WIRE_NAMES(true, false),
  /** CBOR with members under the names of the model. */
  CBOR(false, true);

  private final boolean wireNames;
  private final boolean binary;

  Notation(boolean wireNames, boolean binary) {
    this.wireNames = wireNames;
    this.binary = binary;
  }

  boolean usesWireNames() {
    return wireNames;
  }

  /** Whether bytes, timestamps and special numbers have forms of their own. */
  boolean isBinary() {
    return binary;
  }
}
