package dev.longshore.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

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
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Images in a directory of OCI's layout, which skopeo reads. */
final class ImageLayout {
  private static final String IMAGE = "application/vnd.oci.image.manifest.v1+json";
  private static final String INDEX = "application/vnd.oci.image.index.v1+json";
  private static final int PIECE = 1 << 20;

  private final Path directory;
  private final Path blobs;

  ImageLayout(Path directory) throws IOException {
    this.directory = directory;
    this.blobs = Files.createDirectories(directory.resolve("blobs/sha256"));
    Files.writeString(directory.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
  }

  /** Something that is stored under its digest. */
  record Part(String digest, long size) {
    String descriptor(String type, String more) {
      return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d%s}"
          .formatted(type, digest, size, more);
    }
  }

  /** A layer, and the digest of what gzip wraps there. */
  record Layer(Part part, String difference) {}

  private interface Writer {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A layer of so many MiB of noise, which is no tar: good to be moved, not to be run. */
  Layer noise(long seed, int mebibytes) throws IOException {
    byte[] piece = new byte[PIECE];
    Random random = new Random(seed);
    random.nextBytes(piece);
    return layer(out -> {
      for (int i = 0; i < mebibytes; i++) {
        // A few fresh bytes make each piece another without the cost of making all of it.
        piece[i % PIECE]++;
        out.write(piece);
      }
    });
  }

  /** A layer without files that an engine can unpack; padding makes it another. */
  Layer empty(int padding) throws IOException {
    return layer(out -> out.write(new byte[1024 + 512 * padding]));
  }

  private Layer layer(Writer content) throws IOException {
    MessageDigest hash = sha256();
    Part part =
        blob(out -> {
          try (Stored zipped = new Stored(out);
              OutputStream hashed = new DigestOutputStream(zipped, hash)) {
            content.writeTo(hashed);
          }
        });
    return new Layer(part, "sha256:" + HexFormat.of().formatHex(hash.digest()));
  }

  /** An image of one layer; answers its descriptor. */
  String image(String architecture, Layer layer) throws IOException {
    Part config =
        blob(
            "{\"architecture\":\"%s\",\"os\":\"linux\",\"config\":{\"Cmd\":[\"/x\"]},"
                    .formatted(architecture)
                + "\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[\"%s\"]}}"
                    .formatted(layer.difference()));
    String manifest =
        "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
            .formatted(
                IMAGE,
                config.descriptor("application/vnd.oci.image.config.v1+json", ""),
                layer.part().descriptor("application/vnd.oci.image.layer.v1.tar+gzip", ""));
    String platform =
        ",\"platform\":{\"architecture\":\"%s\",\"os\":\"linux\"}".formatted(architecture);
    return blob(manifest).descriptor(IMAGE, platform);
  }

  /** Makes an image, or an index of several, what the directory stands for. */
  ImageLayout holding(String... descriptors) throws IOException {
    List<String> top = new ArrayList<>(List.of(descriptors));
    if (top.size() > 1) {
      String index =
          "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"manifests\":[%s]}"
              .formatted(INDEX, String.join(",", top));
      top = List.of(blob(index).descriptor(INDEX, ""));
    }
    Files.writeString(
        directory.resolve("index.json"),
        "{\"schemaVersion\":2,\"manifests\":[" + top.getFirst() + "]}");
    return this;
  }

  private Part blob(String text) throws IOException {
    return blob(out -> out.write(text.getBytes(UTF_8)));
  }

  private Part blob(Writer writer) throws IOException {
    MessageDigest hash = sha256();
    Path file = blobs.resolve("new");
    try (OutputStream out = new DigestOutputStream(Files.newOutputStream(file), hash)) {
      writer.writeTo(out);
    }
    String hex = HexFormat.of().formatHex(hash.digest());
    Files.move(file, blobs.resolve(hex));
    return new Part("sha256:" + hex, Files.size(blobs.resolve(hex)));
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256.", e);
    }
  }

  /** Wraps without trying to compress. */
  private static final class Stored extends GZIPOutputStream {
    Stored(OutputStream out) throws IOException {
      super(out, 1 << 16);
      def.setLevel(Deflater.NO_COMPRESSION);
    }
  }

  @Override
  public String toString() {
    return "oci:" + directory;
  }
}
