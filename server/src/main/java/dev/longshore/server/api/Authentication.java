package dev.longshore.server.api;

import dev.longshore.core.operation.Caller;
import dev.longshore.server.http.Request;
import dev.longshore.wire.signature.BadChunkException;
import dev.longshore.wire.signature.ChunkedBody;
import dev.longshore.wire.signature.Credentials;
import dev.longshore.wire.signature.CredentialsLookup;
import dev.longshore.wire.signature.SignableRequest;
import dev.longshore.wire.signature.Verification.Reason;
import dev.longshore.wire.signature.Verification.Refused;
import dev.longshore.wire.signature.Verification.Verified;
import dev.longshore.wire.signature.Verifier;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Says who sent a request: by its signature, or, where that is switched off, always the same. */
public final class Authentication {
  private final @Nullable Verifier verifier;
  private final Principals principals;
  private final Caller everyone;

  private Authentication(@Nullable Verifier verifier, Principals principals, Caller everyone) {
    this.verifier = verifier;
    this.principals = principals;
    this.everyone = everyone;
  }

  /** Who sent it, or why that is not to be believed. */
  public sealed interface Outcome {}

  /**
   * The sender is this one.
   *
   * @param chunks proves and reads the body, which is not covered yet; null where it is
   */
  public record Known(Caller caller, @Nullable ChunkedBody chunks) implements Outcome {}

  /** The request is not to be served; protocols have their own codes for the reasons. */
  public record Unknown(Refused refusal) implements Outcome {}

  /**
   * Verifies AWS Signature Version 4.
   *
   * @param regions says which regions of a signature's scope are ours
   */
  public static Authentication bySignature(
      InstantSource clock, Principals principals, Predicate<String> regions) {
    CredentialsLookup keys = (id, token) -> credentials(principals.holding(id, token));
    // Nobody is everyone here: a caller is only ever the holder of a verified key.
    return new Authentication(
        new Verifier(clock, keys, regions), principals, new Caller("000000000000", ""));
  }

  /** Believes everyone to be this caller and looks at no signature. */
  public static Authentication off(Caller everyone) {
    return new Authentication(null, (id, token) -> null, everyone);
  }

  private static @Nullable Credentials credentials(@Nullable Principal principal) {
    return principal == null ? null : principal.credentials();
  }

  /**
   * @param service the service that the signature's scope must name, for example {@code ecs}
   */
  public Outcome check(Request request, String service) {
    return check(signable(request), service);
  }

  /** What of a request its signature covers. */
  static SignableRequest signable(Request request) {
    return new SignableRequest(
        request.method(),
        request.path(),
        request.query(),
        request.headers()::joined,
        request.headers().names(),
        request.body());
  }

  Outcome check(SignableRequest signed, String service) {
    if (verifier == null) {
      return believed(signed);
    }
    return switch (verifier.verify(signed, service)) {
      case Refused refused -> new Unknown(refused);
      case Verified verified -> holder(verified);
    };
  }

  /** Clients sign all the same, and send bodies in chunks that bear signatures. */
  private Outcome believed(SignableRequest signed) {
    try {
      return new Known(everyone, ChunkedBody.believed(signed));
    } catch (BadChunkException e) {
      return new Unknown(e.refusal());
    }
  }

  private Outcome holder(Verified verified) {
    Credentials credentials = verified.credentials();
    Principal principal = principals.holding(credentials.accessKeyId(), credentials.sessionToken());
    if (principal == null) {
      // The key was revoked between the two looks at it.
      return new Unknown(
          new Refused(
              Reason.INVALID_TOKEN, "The security token included in the request is invalid.", ""));
    }
    principals.signed(
        credentials.accessKeyId(), verified.scope().service(), verified.scope().region());
    return new Known(principal.caller(), verified.chunks());
  }
}
