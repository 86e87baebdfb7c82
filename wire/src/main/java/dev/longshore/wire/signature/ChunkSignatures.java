package dev.longshore.wire.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** The signatures of a body's chunks, each over the one before it. For one thread. */
final class ChunkSignatures implements ChunkProof {
  private static final String EMPTY = Sha256.hex(new byte[0]);

  private final SigningKeys keys;
  private final String secret;
  private final Claim claim;
  private String previous;

  /**
   * @param claim proved, its signature is the one before the first chunk's
   */
  ChunkSignatures(SigningKeys keys, String secret, Claim claim) {
    this.keys = keys;
    this.secret = secret;
    this.claim = claim;
    previous = claim.signature();
  }

  @Override
  public boolean ofChunk(byte[] content, String given) {
    previous = signature("-PAYLOAD", EMPTY + '\n' + Sha256.hex(content));
    return Verifier.same(previous, given);
  }

  @Override
  public boolean ofTrailer(String fields, String given) {
    String ours = signature("-TRAILER", Sha256.hex(fields.getBytes(ISO_8859_1)));
    return Verifier.same(ours, given);
  }

  private String signature(String kind, String hashes) {
    String scope = claim.scope().text();
    String toSign =
        Claim.ALGORITHM + kind + '\n' + claim.timestamp() + '\n' + scope + '\n' + previous + '\n';
    return keys.signature(secret, claim.scope(), toSign + hashes);
  }
}
