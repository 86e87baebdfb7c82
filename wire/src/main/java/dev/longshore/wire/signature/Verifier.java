package dev.longshore.wire.signature;

import static dev.longshore.wire.signature.Verification.Reason.EXPIRED_TOKEN;
import static dev.longshore.wire.signature.Verification.Reason.INVALID_SIGNATURE;
import static dev.longshore.wire.signature.Verification.Reason.INVALID_TOKEN;
import static dev.longshore.wire.signature.Verification.Reason.REQUEST_EXPIRED;
import static dev.longshore.wire.signature.Verification.Reason.UNSIGNED_HEADERS;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.longshore.wire.signature.Verification.Refused;
import dev.longshore.wire.signature.Verification.Verified;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Verifies AWS Signature Version 4, in a header or in the query, by the rules of the service that a
 * request is for. The order of the checks and their texts are AWS's. The asymmetric SigV4A is
 * refused by name.
 */
public final class Verifier {
  private final InstantSource clock;
  private final CredentialsLookup keys;
  private final Predicate<String> regions;
  private final SigningKeys signingKeys = new SigningKeys();

  /**
   * @param regions says which regions of a credential's scope are ours
   */
  public Verifier(InstantSource clock, CredentialsLookup keys, Predicate<String> regions) {
    this.clock = clock;
    this.keys = keys;
    this.regions = regions;
  }

  /** Says who signed this request for this service; never throws for anything a peer can send. */
  public Verification verify(SignableRequest request, String service) {
    return switch (Claim.of(request)) {
      case Refused refused -> refused;
      case Claim claim -> verify(claim, request, service);
    };
  }

  /**
   * The service that a request says it is signed for, unproved; null where it says none. On AWS the
   * host name tells the service; behind one port only this does.
   */
  public static @Nullable String claimedService(SignableRequest request) {
    return Claim.of(request) instanceof Claim claim ? claim.scope().service() : null;
  }

  private Verification verify(Claim claim, SignableRequest request, String service) {
    Instant now = clock.instant();
    ServiceRule rule = ServiceRule.of(service);
    Refused refused = coverage(claim, request, rule);
    if (refused == null) {
      refused = age(claim, now, rule.skew());
    }
    if (refused == null) {
      refused = scope(claim, service);
    }
    if (refused != null) {
      return refused;
    }
    Credentials credentials = keys.lookup(claim.accessKeyId(), claim.token());
    if (credentials == null || !sameToken(credentials.sessionToken(), claim.token())) {
      return new Refused(INVALID_TOKEN, "The security token included in the request is invalid.");
    }
    Instant expiration = credentials.expiration();
    if (expiration != null && !now.isBefore(expiration)) {
      return new Refused(EXPIRED_TOKEN, "The security token included in the request is expired");
    }
    return signature(claim, request, credentials, rule);
  }

  /** What the signature must cover, lest a request be turned into another one on its way. */
  private static @Nullable Refused coverage(
      Claim claim, SignableRequest request, ServiceRule rule) {
    if (!claim.covers("host")) {
      return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }
    if (request.header("x-amz-target") != null && !claim.covers("x-amz-target")) {
      return invalid("'X-Amz-Target' must be a 'SignedHeader' in the AWS Authorization.");
    }
    String payload = request.header(CanonicalRequest.PAYLOAD);
    if (payload == null && rule.namesPayload() && !claim.presigned()) {
      return Claim.incomplete("Missing required header for this request: x-amz-content-sha256");
    }
    if (PayloadForm.of(payload) == null) {
      return Claim.incomplete("Unsupported 'X-Amz-Content-Sha256': '" + payload + "'.");
    }
    return rule.coversAll() ? uncovered(claim, request) : null;
  }

  /** What says how the payload is covered is itself part of what is signed, named or not. */
  private static @Nullable Refused uncovered(Claim claim, SignableRequest request) {
    List<String> names =
        request.names().stream()
            .filter(name -> name.startsWith("x-amz-") && !name.equals(CanonicalRequest.PAYLOAD))
            .filter(name -> !claim.covers(name))
            .sorted()
            .toList();
    return names.isEmpty()
        ? null
        : new Refused(
            UNSIGNED_HEADERS,
            "There were headers present in the request which were not signed",
            String.join(", ", names));
  }

  private static @Nullable Refused age(Claim claim, Instant now, Duration skew) {
    Instant signedAt = claim.signedAt();
    Instant second = Instant.ofEpochSecond(now.getEpochSecond());
    if (signedAt.isAfter(second.plus(skew))) {
      return invalid(
          "Signature not yet current: "
              + claim.timestamp()
              + " is still later than "
              + BasicTime.format(second.plus(skew))
              + " ("
              + BasicTime.format(second)
              + " + "
              + skew.toMinutes()
              + " min.)");
    }
    if (claim.presigned()) {
      boolean expired = second.isAfter(signedAt.plusSeconds(claim.expires()));
      return expired ? new Refused(REQUEST_EXPIRED, "Request has expired.") : null;
    }
    if (signedAt.isBefore(second.minus(skew))) {
      return invalid(
          "Signature expired: "
              + claim.timestamp()
              + " is now earlier than "
              + BasicTime.format(second.minus(skew))
              + " ("
              + BasicTime.format(second)
              + " - "
              + skew.toMinutes()
              + " min.)");
    }
    return null;
  }

  private @Nullable Refused scope(Claim claim, String service) {
    CredentialScope scope = claim.scope();
    boolean region = regions.test(scope.region());
    boolean sameService = scope.service().equals(service);
    boolean terminator = scope.terminator().equals(CredentialScope.TERMINATOR);
    boolean date = claim.timestamp().startsWith(scope.date()) && scope.date().length() == 8;
    if (region && sameService && terminator && date) {
      return null;
    }
    var wrong = new StringBuilder();
    if (!region) {
      wrong.append("Credential should be scoped to a valid region, not '");
      wrong.append(scope.region()).append("'. ");
    }
    if (!sameService) {
      wrong.append("Credential should be scoped to correct service: '");
      wrong.append(service).append("'. ");
    }
    if (!terminator) {
      wrong.append("Credential should be scoped with a valid terminator: 'aws4_request', not '");
      wrong.append(scope.terminator()).append("'. ");
    }
    if (!date) {
      wrong.append("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of");
      wrong.append(" date from HTTP: '").append(scope.date()).append("' != '");
      wrong.append(claim.timestamp(), 0, 8).append("', from '");
      wrong.append(claim.timestamp()).append("'. ");
    }
    return invalid(wrong.toString().stripTrailing());
  }

  private static boolean sameToken(@Nullable String ours, @Nullable String theirs) {
    if (ours == null || theirs == null) {
      return ours == null && theirs == null;
    }
    return same(ours, theirs);
  }

  /** Compares in a time that does not tell where the difference is. */
  static boolean same(String ours, String theirs) {
    return MessageDigest.isEqual(ours.getBytes(ISO_8859_1), theirs.getBytes(ISO_8859_1));
  }

  private Verification signature(
      Claim claim, SignableRequest request, Credentials credentials, ServiceRule rule) {
    String canonical = CanonicalRequest.of(request, claim.signedHeaders(), claim.presigned(), rule);
    if (canonical == null) {
      return mismatch("");
    }
    String toSign = CanonicalRequest.stringToSign(canonical, claim.timestamp(), claim.scope());
    String signature = signingKeys.signature(credentials.secretAccessKey(), claim.scope(), toSign);
    if (same(signature, claim.signature())) {
      return verified(claim, request, credentials);
    }
    return mismatch(
        "\n\nThe Canonical String for this request should have been\n'"
            + canonical
            + "'\n\nThe String-to-Sign should have been\n'"
            + toSign
            + "'\n");
  }

  private Verification verified(Claim claim, SignableRequest request, Credentials credentials) {
    try {
      return new Verified(
          credentials,
          claim.scope(),
          ChunkedBody.of(
              request,
              () -> new ChunkSignatures(signingKeys, credentials.secretAccessKey(), claim)));
    } catch (BadChunkException e) {
      return e.refusal();
    }
  }

  private static Refused mismatch(String detail) {
    return new Refused(
        INVALID_SIGNATURE,
        "The request signature we calculated does not match the signature you provided. Check your"
            + " AWS Secret Access Key and signing method. Consult the service documentation for"
            + " details.",
        detail);
  }

  private static Refused invalid(String message) {
    return new Refused(INVALID_SIGNATURE, message);
  }
}
