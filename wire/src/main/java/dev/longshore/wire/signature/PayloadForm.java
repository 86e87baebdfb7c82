package dev.longshore.wire.signature;

import org.jspecify.annotations.Nullable;

/** How a signature covers the body: what {@code x-amz-content-sha256} can say. */
enum PayloadForm {
  /** By its hash. */
  WHOLE(""),
  /** Not at all. */
  UNSIGNED("UNSIGNED-PAYLOAD"),
  /** Chunk by chunk. */
  CHUNKS("STREAMING-AWS4-HMAC-SHA256-PAYLOAD"),
  /** Chunk by chunk, and the fields behind them. */
  CHUNKS_AND_TRAILER("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"),
  /** In chunks that are not signed; fields behind them are to hold a checksum. */
  UNSIGNED_CHUNKS("STREAMING-UNSIGNED-PAYLOAD-TRAILER");

  private final String literal;

  PayloadForm(String literal) {
    this.literal = literal;
  }

  /** What the header says; null for a form that is none of these. */
  static @Nullable PayloadForm of(@Nullable String header) {
    for (PayloadForm form : values()) {
      if (form.literal.equals(header)) {
        return form;
      }
    }
    return header != null && header.startsWith("STREAMING-") ? null : WHOLE;
  }

  boolean chunked() {
    return this == CHUNKS || this == CHUNKS_AND_TRAILER || this == UNSIGNED_CHUNKS;
  }

  boolean trailed() {
    return this == CHUNKS_AND_TRAILER || this == UNSIGNED_CHUNKS;
  }
}
