package dev.longshore.server.blob;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where in an S3-compatible object store blobs stand. Keys come from where AWS's SDK looks for
 * them: the environment, a profile, or the machine's role.
 *
 * @param prefix beginning of the objects' keys; empty, or ending with a slash
 * @param endpoint null for Amazon's
 * @param region null for what the SDK finds, else {@code us-east-1}
 * @param pathStyle whether the bucket stands in the path, as most other stores want it
 */
public record ObjectStore(
    String bucket,
    String prefix,
    @Nullable URI endpoint,
    @Nullable String region,
    boolean pathStyle) {
  private static final String SCHEME = "s3://";

  /**
   * Reads {@code s3://BUCKET/PREFIX}.
   *
   * @throws IllegalArgumentException it is not of that form
   */
  public static ObjectStore at(
      String location, @Nullable URI endpoint, @Nullable String region, boolean pathStyle) {
    String rest = location.startsWith(SCHEME) ? location.substring(SCHEME.length()) : "";
    int slash = rest.indexOf('/');
    String bucket = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "" : rest.substring(slash + 1);
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
        || !path.matches("([a-zA-Z0-9._-]+/)*[a-zA-Z0-9._-]*")) {
      throw new IllegalArgumentException(
          "'" + location + "' is not of the form s3://BUCKET/PREFIX");
    }
    String prefix = path.isEmpty() || path.endsWith("/") ? path : path + '/';
    return new ObjectStore(bucket, prefix, endpoint, region, pathStyle);
  }
}
