package dev.longshore.server.registry;

import dev.longshore.server.blob.Digest;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonSyntaxException;
import dev.longshore.wire.json.JsonText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads manifests and indexes of Docker and OCI; says what is wrong with those that are none. */
final class ManifestReader {
  /** Bytes that a manifest may have. */
  static final int MOST_BYTES = 4 << 20;

  static final String OCI_MANIFEST = "application/vnd.oci.image.manifest.v1+json";
  static final String OCI_INDEX = "application/vnd.oci.image.index.v1+json";
  static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";
  static final String DOCKER_LIST = "application/vnd.docker.distribution.manifest.list.v2+json";

  private static final int DEEPEST = 64;

  private ManifestReader() {}

  /** The bytes are no manifest; the message says why. */
  static final class InvalidManifestException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidManifestException(String message) {
      super(message, null, false, false);
    }
  }

  /** The manifest is of a type that the registry does not take. */
  static final class UnsupportedManifestException extends Exception {
    private static final long serialVersionUID = 1;

    UnsupportedManifestException(String type) {
      super("Manifests of type '" + type + "' are not supported", null, false, false);
    }
  }

  /**
   * Reads one.
   *
   * @param declared the media type that its sender states, if any
   */
  static Manifest read(byte[] bytes, @Nullable String declared)
      throws InvalidManifestException, UnsupportedManifestException {
    Json json = parsed(bytes);
    String own = json.at("mediaType").text();
    String stated = declared == null ? "" : plain(declared);
    if (!own.isEmpty() && !stated.isEmpty() && !own.equals(stated)) {
      throw new InvalidManifestException(
          "The manifest's media type '" + own + "' is not the declared '" + stated + "'");
    }
    String type = !own.isEmpty() ? own : !stated.isEmpty() ? stated : guessed(json);
    if (json.at("schemaVersion").number() != 2) {
      throw new InvalidManifestException("The manifest's schemaVersion must be 2");
    }
    return switch (type) {
      case OCI_MANIFEST, DOCKER_MANIFEST -> image(json, type);
      case OCI_INDEX, DOCKER_LIST -> index(json, type);
      default -> throw new UnsupportedManifestException(type);
    };
  }

  private static Json parsed(byte[] bytes) throws InvalidManifestException {
    try {
      checkDepth(bytes);
      Json json = JsonText.parse(bytes);
      if (json instanceof Json.Fields) {
        return json;
      }
    } catch (JsonSyntaxException e) {
      throw new InvalidManifestException("Invalid JSON syntax");
    }
    throw new InvalidManifestException("Invalid JSON syntax");
  }

  /** Values nested very deeply would be read by as many calls. */
  private static void checkDepth(byte[] bytes) throws InvalidManifestException {
    int depth = 0;
    boolean quoted = false;
    for (int at = 0; at < bytes.length; at++) {
      byte letter = bytes[at];
      if (quoted) {
        at += letter == '\\' ? 1 : 0;
        quoted = letter != '"';
      } else {
        switch (letter) {
          case '"' -> quoted = true;
          case '{', '[' -> depth++;
          case '}', ']' -> depth--;
          default -> {}
        }
        if (depth > DEEPEST) {
          throw new InvalidManifestException("The manifest is nested too deeply");
        }
      }
    }
  }

  private static String plain(String contentType) {
    int semicolon = contentType.indexOf(';');
    String type = semicolon < 0 ? contentType : contentType.substring(0, semicolon);
    return type.strip().toLowerCase(Locale.ROOT);
  }

  private static String guessed(Json json) {
    return json.at("manifests") instanceof Json.Items ? OCI_INDEX : OCI_MANIFEST;
  }

  private static Manifest image(Json json, String type) throws InvalidManifestException {
    Json config = json.at("config");
    if (!(config instanceof Json.Fields) || !(json.at("layers") instanceof Json.Items)) {
      throw new InvalidManifestException("The manifest must have a config and layers");
    }
    List<String> layers = new ArrayList<>();
    layers.add(digest(config));
    for (Json layer : json.at("layers").elements()) {
      String digest = digest(layer);
      if (distributed(layer)) {
        layers.add(digest);
      }
    }
    return new Manifest(
        type,
        textOrNull(json.at("artifactType")),
        textOrNull(config.at("mediaType")),
        subject(json),
        layers,
        List.of(),
        annotations(json));
  }

  private static Manifest index(Json json, String type) throws InvalidManifestException {
    if (!(json.at("manifests") instanceof Json.Items)) {
      throw new InvalidManifestException("The index must have manifests");
    }
    List<String> children = new ArrayList<>();
    for (Json child : json.at("manifests").elements()) {
      children.add(digest(child));
    }
    return new Manifest(
        type,
        textOrNull(json.at("artifactType")),
        null,
        subject(json),
        List.of(),
        children,
        annotations(json));
  }

  private static String digest(Json descriptor) throws InvalidManifestException {
    String text = descriptor.at("digest").text();
    if (Digest.parse(text).isEmpty()) {
      throw new InvalidManifestException("Invalid digest in the manifest: '" + text + "'");
    }
    if (!(descriptor.at("size") instanceof Json.Numeral) || descriptor.at("size").number() < 0) {
      throw new InvalidManifestException("Invalid size of '" + text + "' in the manifest");
    }
    return text;
  }

  /** Layers that must not be handed on are fetched from elsewhere, if at all. */
  private static boolean distributed(Json layer) {
    String type = layer.at("mediaType").text();
    return !type.contains(".nondistributable.") && !type.contains(".foreign.");
  }

  private static @Nullable String subject(Json json) throws InvalidManifestException {
    return json.at("subject").isNull() ? null : digest(json.at("subject"));
  }

  private static @Nullable String textOrNull(Json json) {
    return json.text().isEmpty() ? null : json.text();
  }

  private static Map<String, String> annotations(Json json) {
    return new TreeMap<>(json.at("annotations").textMembers());
  }
}
