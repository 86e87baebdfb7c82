package dev.longshore.wire.signature;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReferenceArray;
import javax.crypto.Mac;

/**
 * Remembers derived signing keys, for deriving one costs four keyed hashes and it serves a whole
 * day. A table of fixed size, one entry per place: a newcomer drives out what stood there, so it
 * cannot grow and needs no lock.
 */
final class SigningKeys {
  private static final int PLACES = 1024;

  private final AtomicReferenceArray<Entry> entries = new AtomicReferenceArray<>(PLACES);

  private record Entry(String secret, CredentialScope scope, Mac key) {}

  /** The signature, in hexadecimal, that this secret gives the string to sign. */
  String signature(String secret, CredentialScope scope, String stringToSign) {
    return HexFormat.of().formatHex(Sha256.hmac(key(secret, scope), stringToSign.getBytes(UTF_8)));
  }

  private Mac key(String secret, CredentialScope scope) {
    int place = (31 * secret.hashCode() + scope.hashCode()) & (PLACES - 1);
    Entry entry = entries.get(place);
    if (entry == null || !entry.secret.equals(secret) || !entry.scope.equals(scope)) {
      entry = new Entry(secret, scope, derive(secret, scope));
      entries.set(place, entry);
    }
    return entry.key;
  }

  private static Mac derive(String secret, CredentialScope scope) {
    Mac key = Sha256.keyed(("AWS4" + secret).getBytes(UTF_8));
    for (String part :
        new String[] {scope.date(), scope.region(), scope.service(), scope.terminator()}) {
      key = Sha256.keyed(Sha256.hmac(key, part.getBytes(UTF_8)));
    }
    return key;
  }
}
