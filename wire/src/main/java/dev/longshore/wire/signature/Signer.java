package dev.longshore.wire.signature;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.SequencedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Signs requests with one key pair for one service of one region. */
public final class Signer {
  private final Credentials credentials;
  private final String region;
  private final String service;
  private final ServiceRule rule;
  private final SigningKeys signingKeys = new SigningKeys();

  public Signer(Credentials credentials, String region, String service) {
    this.credentials = credentials;
    this.region = region;
    this.service = service;
    this.rule = ServiceRule.of(service);
  }

  /**
   * The header fields to send with this request, by lower-case name: {@code x-amz-date}, {@code
   * x-amz-security-token} where the credentials have one, and {@code authorization}.
   *
   * @param names headers of the request to cover, in lower case; {@code host} must be among them
   * @throws IllegalArgumentException where {@code host} is missing or a header has no value
   */
  public SequencedMap<String, String> sign(
      SignableRequest request, Collection<String> names, Instant now) {
    String timestamp = BasicTime.format(now);
    var added = new TreeMap<String, String>();
    added.put("x-amz-date", timestamp);
    if (credentials.sessionToken() != null) {
      added.put("x-amz-security-token", credentials.sessionToken());
    }
    var covered = new TreeSet<String>(names);
    covered.addAll(added.keySet());
    String signedHeaders = signedHeaders(covered);
    SignableRequest whole =
        new SignableRequest(
            request.method(),
            request.path(),
            request.query(),
            name -> {
              String value = added.get(name);
              return value != null ? value : request.header(name);
            },
            request.body());
    CredentialScope scope = scope(timestamp);
    String signature = signature(whole, signedHeaders, timestamp, scope, false);
    added.put(
        "authorization",
        Claim.ALGORITHM
            + " Credential="
            + credential(scope)
            + ", SignedHeaders="
            + signedHeaders
            + ", Signature="
            + signature);
    return added;
  }

  /**
   * The query of this request with its signature, valid for the given time, from a second to a
   * week.
   *
   * @throws IllegalArgumentException where {@code host} is missing or the time is out of bounds
   */
  public String presign(
      SignableRequest request, Collection<String> names, Instant now, Duration validity) {
    if (validity.toSeconds() < 1 || validity.toSeconds() > PresignedQuery.MOST_SECONDS) {
      throw new IllegalArgumentException("A presigned request lives 1 s to 7 days: " + validity);
    }
    String timestamp = BasicTime.format(now);
    CredentialScope scope = scope(timestamp);
    String signedHeaders = signedHeaders(new TreeSet<>(names));
    var query = new StringBuilder(request.query());
    add(query, PresignedQuery.ALGORITHM, Claim.ALGORITHM);
    add(query, PresignedQuery.CREDENTIAL, credential(scope));
    add(query, PresignedQuery.DATE, timestamp);
    add(query, PresignedQuery.EXPIRES, Long.toString(validity.toSeconds()));
    add(query, PresignedQuery.SIGNED_HEADERS, signedHeaders);
    add(query, PresignedQuery.TOKEN, credentials.sessionToken());
    var whole =
        new SignableRequest(
            request.method(), request.path(), query.toString(), request::header, request.body());
    add(query, PresignedQuery.SIGNATURE, signature(whole, signedHeaders, timestamp, scope, true));
    return query.toString();
  }

  private static void add(StringBuilder query, String name, @Nullable String value) {
    if (value != null) {
      query.append(query.isEmpty() ? "" : "&").append(name).append('=');
      Percent.append(query, value);
    }
  }

  private static String signedHeaders(SortedSet<String> names) {
    if (!names.contains("host")) {
      throw new IllegalArgumentException("A signature must cover the host: " + names);
    }
    return String.join(";", names);
  }

  private CredentialScope scope(String timestamp) {
    return CredentialScope.of(timestamp.substring(0, 8), region, service);
  }

  private String credential(CredentialScope scope) {
    return credentials.accessKeyId() + '/' + scope.text();
  }

  private String signature(
      SignableRequest request,
      String signedHeaders,
      String timestamp,
      CredentialScope scope,
      boolean presigned) {
    String canonical = CanonicalRequest.of(request, signedHeaders, presigned, rule);
    if (canonical == null) {
      throw new IllegalArgumentException("A header to sign has no value: " + signedHeaders);
    }
    String toSign = CanonicalRequest.stringToSign(canonical, timestamp, scope);
    return signingKeys.signature(credentials.secretAccessKey(), scope, toSign);
  }
}
