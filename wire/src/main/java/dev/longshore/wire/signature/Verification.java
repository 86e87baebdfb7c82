package dev.longshore.wire.signature;

import org.jspecify.annotations.Nullable;

/** What {@link Verifier} found. */
public sealed interface Verification {

  /**
   * The request was signed with these credentials, now and for this service.
   *
   * @param scope what the signature is good for
   * @param chunks proves and reads the body, which is not covered yet; null where it is
   */
  record Verified(Credentials credentials, CredentialScope scope, @Nullable ChunkedBody chunks)
      implements Verification {}

  /**
   * The request is not to be served.
   *
   * @param message AWS's text; protocols may word MISSING_AUTHENTICATION and REQUEST_EXPIRED anew
   * @param detail what services of the JSON protocols append to the message: the canonical string
   *     and the string to sign of a signature that does not match, or the headers that are not
   *     signed; else empty
   */
  record Refused(Reason reason, String message, String detail) implements Verification, Claimed {
    Refused(Reason reason, String message) {
      this(reason, message, "");
    }
  }

  /** Why a request is refused; each protocol has its own codes for these. */
  enum Reason {
    /** The request carries no signature at all. */
    MISSING_AUTHENTICATION,
    /** The signature's parts are missing or malformed. */
    INCOMPLETE_SIGNATURE,
    /** The signature does not cover what it must; the detail names it. */
    UNSIGNED_HEADERS,
    /** The access key id is unknown, or its session token is wrong. */
    INVALID_TOKEN,
    /** The temporary credentials have ended. */
    EXPIRED_TOKEN,
    /** The signature is too old, too new, of the wrong scope, or does not match. */
    INVALID_SIGNATURE,
    /** A presigned request is used after its {@code X-Amz-Expires}. */
    REQUEST_EXPIRED
  }
}
