package dev.longshore.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * The key under which the temporary keys of roles are made, kept in a file of the data directory
 * that only its owner may read. A new file ends every session at once.
 */
final class SessionKey {
  private static final String FILE = "session-key";
  private static final int BYTES = 32;

  private SessionKey() {}

  /**
   * The key of that data directory, made if there is none yet.
   *
   * @throws IOException if the file cannot be read or written, or is damaged
   */
  static byte[] of(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      byte[] random = new byte[BYTES];
      new SecureRandom().nextBytes(random);
      OwnerFile.write(file, HexFormat.of().formatHex(random) + '\n');
    }
    String text = Files.readString(file).strip();
    if (!text.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
      throw new IOException(file + " does not hold " + BYTES + " bytes in hexadecimal.");
    }
    return HexFormat.of().parseHex(text);
  }
}
