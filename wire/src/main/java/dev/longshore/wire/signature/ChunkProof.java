package dev.longshore.wire.signature;

/** Says whether the parts of a body bear the right signatures. */
interface ChunkProof {
  /** Believes whatever it is shown. */
  ChunkProof BELIEVED =
      new ChunkProof() {
        @Override
        public boolean ofChunk(byte[] content, String given) {
          return true;
        }

        @Override
        public boolean ofTrailer(String fields, String given) {
          return true;
        }
      };

  /** Whether the next chunk bears this signature. */
  boolean ofChunk(byte[] content, String given);

  /** Whether the fields behind the last chunk do, each ended by a line feed. */
  boolean ofTrailer(String fields, String given);
}
