package dev.longshore.cli.image;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.io.IOException;
import java.util.List;

/** What an image of OCI's form is made of. */
final class Manifests {
  static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  static final String CONFIG = "application/vnd.oci.image.config.v1+json";
  static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
  static final String COMPRESSED_LAYER = LAYER + "+gzip";

  private Manifests() {}

  /** Pushes an image whose parts are files; answers its digest. */
  static String push(
      RegistryClient client, ImageName name, Part config, List<Part> layers, Transfer transfer)
      throws IOException, InterruptedException {
    client.create(name.repository());
    for (Part layer : layers) {
      client.push(name.repository(), layer, transfer);
    }
    client.push(name.repository(), config, transfer);
    Json manifest =
        Json.fields()
            .with("schemaVersion", Json.of(2))
            .with("mediaType", Json.of(IMAGE))
            .with("config", config.descriptor())
            .with("layers", new Json.Items(layers.stream().map(Part::descriptor).toList()));
    return client.putManifest(name.repository(), name.tag(), JsonText.bytes(manifest), IMAGE);
  }
}
