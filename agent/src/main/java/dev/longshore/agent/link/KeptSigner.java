package dev.longshore.agent.link;

import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.Signer;
import org.jspecify.annotations.Nullable;

/** Signs with the keys of the day. A signer remembers what it derived, so it is kept with them. */
final class KeptSigner {
  private final LinkConfig config;
  private final String service;
  private volatile @Nullable Kept kept;

  private record Kept(Credentials keys, Signer signer) {}

  KeptSigner(LinkConfig config, String service) {
    this.config = config;
    this.service = service;
  }

  Signer current() throws UnreachableException {
    Credentials keys = config.keys().current();
    Kept known = kept;
    if (known == null || !known.keys.equals(keys)) {
      known = new Kept(keys, new Signer(keys, config.region(), service));
      kept = known;
    }
    return known.signer;
  }
}
