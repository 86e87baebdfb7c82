package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.shapes.Blob;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A certificate for listeners that speak TLS.
 *
 * @param id unique for ever, {@code ASCA…}
 * @param expiration when the certificate ends
 * @param body PEM
 * @param chain PEM; null: none
 * @param privateKey PEM, sealed, bound to {@link #place}
 */
public record ServerCertificate(
    String name,
    String path,
    String id,
    String arn,
    Instant uploadedAt,
    @Nullable Instant expiration,
    String body,
    @Nullable String chain,
    Blob privateKey,
    Map<String, String> tags) {
  /** Keyed by name. */
  public static final Kind<ServerCertificate> KIND =
      Kind.of("serverCertificate", ServerCertificate.class, ServerCertificate::name);

  /** What the sealed key of that certificate is bound to: its id, which it never changes. */
  public static String place(String id) {
    return "serverCertificate/" + id;
  }

  public ServerCertificate withTags(Map<String, String> value) {
    return new ServerCertificate(
        name, path, id, arn, uploadedAt, expiration, body, chain, privateKey, value);
  }

  /** The same certificate, called otherwise. */
  public ServerCertificate named(String newName, String newPath, String newArn) {
    return new ServerCertificate(
        newName, newPath, id, newArn, uploadedAt, expiration, body, chain, privateKey, tags);
  }
}
