package dev.longshore.server.registry;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a path under {@code /v2/} means.
 *
 * @param reference the last part, or empty
 */
record Target(Kind kind, String repository, String reference) {
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*");
  private static final int LONGEST_NAME = 256;
  private static final int MOST_PARAMETERS = 64;
  private static final Pattern MANIFEST = Pattern.compile("(.+)/manifests/([^/]+)");
  private static final Pattern UPLOADS = Pattern.compile("(.+)/blobs/uploads/?");
  private static final Pattern UPLOAD = Pattern.compile("(.+)/blobs/uploads/([^/]+)");
  private static final Pattern BLOB = Pattern.compile("(.+)/blobs/([^/]+)");
  private static final Pattern TAGS = Pattern.compile("(.+)/tags/list");
  private static final Pattern REFERRERS = Pattern.compile("(.+)/referrers/([^/]+)");

  /** The endpoints. */
  enum Kind {
    BASE,
    CATALOG,
    TOKEN,
    COLLECTION,
    MANIFEST,
    UPLOADS,
    UPLOAD,
    BLOB,
    TAGS,
    REFERRERS,
    UNKNOWN
  }

  /** Whether a path is the registry's. */
  static boolean isOurs(String path) {
    return path.equals("/v2") || path.startsWith("/v2/");
  }

  /**
   * Reads a path that is the registry's.
   *
   * @throws RefusedException it names a repository by no valid name
   */
  static Target of(String rawPath) {
    String path = decoded(rawPath);
    String rest = path.length() <= 4 ? "" : path.substring(4);
    if (rest.isEmpty()) {
      return new Target(Kind.BASE, "", "");
    }
    if (rest.equals("_token")) {
      return new Target(Kind.TOKEN, "", "");
    }
    if (rest.equals("_catalog")) {
      return new Target(Kind.CATALOG, "", "");
    }
    if (rest.equals("_collect")) {
      return new Target(Kind.COLLECTION, "", "");
    }
    Target found = find(rest);
    String name = found.repository;
    if (found.kind != Kind.UNKNOWN
        && (name.length() > LONGEST_NAME || !NAME.matcher(name).matches())) {
      throw new RefusedException(400, "NAME_INVALID", "invalid repository name");
    }
    return found;
  }

  private static Target find(String rest) {
    Map<Kind, Pattern> patterns = new LinkedHashMap<>();
    patterns.put(Kind.MANIFEST, MANIFEST);
    patterns.put(Kind.UPLOADS, UPLOADS);
    patterns.put(Kind.UPLOAD, UPLOAD);
    patterns.put(Kind.BLOB, BLOB);
    patterns.put(Kind.TAGS, TAGS);
    patterns.put(Kind.REFERRERS, REFERRERS);
    for (Map.Entry<Kind, Pattern> each : patterns.entrySet()) {
      Matcher matcher = each.getValue().matcher(rest);
      if (matcher.matches()) {
        String reference = matcher.groupCount() > 1 ? matcher.group(2) : "";
        return new Target(each.getKey(), matcher.group(1), reference);
      }
    }
    return new Target(Kind.UNKNOWN, "", "");
  }

  /** A query's parameters; of a very long one, the first. */
  static Map<String, List<String>> query(String raw) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    int count = 0;
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty() && count++ < MOST_PARAMETERS) {
        int equals = pair.indexOf('=');
        String name = equals < 0 ? pair : pair.substring(0, equals);
        String value = equals < 0 ? "" : pair.substring(equals + 1);
        parameters.computeIfAbsent(decoded(name), n -> new ArrayList<>()).add(decoded(value));
      }
    }
    return parameters;
  }

  private static String decoded(String raw) {
    if (raw.indexOf('%') < 0) {
      return raw;
    }
    try {
      // A plus sign is itself here: digests and media types have it.
      return URLDecoder.decode(raw.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(400, "NAME_INVALID", "invalid percent encoding");
    }
  }
}
