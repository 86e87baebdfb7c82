package dev.longshore.server;

import dev.longshore.server.blob.BlobFiles;
import dev.longshore.server.blob.MasterKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The master key of images, kept in a file of the data directory that only its owner may read, and
 * that should be kept elsewhere too: without it no sealed blob can be read.
 */
final class ImageKey {
  private static final String FILE = "image-key";

  private ImageKey() {}

  /**
   * How blobs of that data directory stand in files.
   *
   * @param seal whether new ones are sealed; the key is made for that if there is none yet
   * @throws IOException if the file cannot be read or written, or is damaged
   */
  static BlobFiles files(Path dataDirectory, boolean seal) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      if (!seal) {
        return BlobFiles.PLAIN;
      }
      byte[] random = new byte[MasterKey.BYTES];
      new SecureRandom().nextBytes(random);
      OwnerFile.write(file, HexFormat.of().formatHex(random) + '\n');
    }
    String text = Files.readString(file).strip();
    if (!text.matches("[0-9a-f]{" + 2 * MasterKey.BYTES + "}")) {
      throw new IOException(file + " does not hold " + MasterKey.BYTES + " bytes in hexadecimal.");
    }
    MasterKey key = new MasterKey(HexFormat.of().parseHex(text));
    return seal ? BlobFiles.sealed(key) : BlobFiles.opening(key);
  }
}
