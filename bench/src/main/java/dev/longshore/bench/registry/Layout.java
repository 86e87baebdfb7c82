package dev.longshore.bench.registry;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.JsonText;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** An image as a directory that skopeo reads: layers of noise, which gzip only wraps. */
final class Layout {
  private final Path directory;
  private final Path blobs;

  Layout(Path directory) throws IOException {
    this.directory = directory;
    this.blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
  }

  private record Part(String digest, long size) {
    String descriptor(String type) {
      return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest, size);
    }
  }

  private interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** Writes an image of so many layers; returns how many bytes they have. */
  long write(long number, int layers, int mebibytes) throws IOException {
    byte[] noise = new byte[Blob.NOISE];
    Blob.noise().get(noise);
    List<String> descriptors = new ArrayList<>();
    List<String> differences = new ArrayList<>();
    long size = 0;
    for (int layer = 0; layer < layers; layer++) {
      Blob blob = Blob.of(number * layers + layer, mebibytes);
      Part part =
          blob(out -> {
            try (GZIPOutputStream zipped = new Stored(out)) {
              zipped.write(blob.start().getBytes(UTF_8));
              for (int i = 0; i < blob.repeats(); i++) {
                zipped.write(noise);
              }
            }
          });
      size += part.size;
      descriptors.add(part.descriptor("application/vnd.oci.image.layer.v1.tar+gzip"));
      differences.add(blob.digest());
    }
    Json config =
        Json.fields()
            .with("architecture", Json.of("amd64"))
            .with("os", Json.of("linux"))
            .with(
                "rootfs",
                Json.fields()
                    .with("type", Json.of("layers"))
                    .with("diff_ids", Json.items(differences)));
    Part configuration = blob(out -> out.write(JsonText.bytes(config)));
    String text =
        "{\"schemaVersion\":2,\"mediaType\":\"application/vnd.oci.image.manifest.v1+json\","
            + "\"config\":"
            + configuration.descriptor("application/vnd.oci.image.config.v1+json")
            + ",\"layers\":["
            + String.join(",", descriptors)
            + "]}";
    Part manifest = blob(out -> out.write(text.getBytes(UTF_8)));
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
    Files.writeString(
        directory.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":["
            + manifest.descriptor("application/vnd.oci.image.manifest.v1+json")
            + "]}");
    return size;
  }

  private Part blob(Writer writer) throws IOException {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      Path file = blobs.resolve("new");
      try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
        writer.writeTo(out);
      }
      String hex = HexFormat.of().formatHex(hash.digest());
      Files.move(file, blobs.resolve(hex));
      return new Part("sha256:" + hex, Files.size(blobs.resolve(hex)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Does not try to compress. */
  private static final class Stored extends GZIPOutputStream {
    Stored(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }
}
