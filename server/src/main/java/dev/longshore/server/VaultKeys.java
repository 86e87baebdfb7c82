package dev.longshore.server;

import dev.longshore.server.vault.Keyring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;

/**
 * The keys under which secrets are sealed, kept in a file that only its owner may read: in the data
 * directory, beside the log and never in it, unless the operator names another place. Who loses
 * them loses every secret.
 */
final class VaultKeys {
  private static final String FILE = "vault-key";

  private VaultKeys() {}

  /**
   * The keys of that data directory; one is made if there is none yet.
   *
   * @throws IOException if the file cannot be read or written, or is damaged
   */
  static Keyring of(Path dataDirectory) throws IOException {
    Path file = dataDirectory.resolve(FILE);
    if (!Files.exists(file)) {
      OwnerFile.write(file, Keyring.fresh(new SecureRandom()) + '\n');
    }
    try {
      return Keyring.parse(Files.readAllLines(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + " does not hold the keys of secrets: " + e.getMessage(), e);
    }
  }
}
