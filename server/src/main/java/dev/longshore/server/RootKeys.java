package dev.longshore.server;

import dev.longshore.wire.signature.Credentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;

/**
 * The account's root key pair, made at first start and kept in a file of the data directory that
 * only its owner may read.
 */
public final class RootKeys {
  private static final String FILE = "root-key";
  private static final String ID_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final String SECRET_LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  private static final int ID_RANDOM_LETTERS = 16;
  private static final int SECRET_RANDOM_LETTERS = 40;

  private RootKeys() {}

  /** Where the key pair of that data directory is kept. */
  public static Path file(Path dataDirectory) {
    return dataDirectory.resolve(FILE);
  }

  /**
   * The key pair of that data directory, made if there is none yet.
   *
   * @throws IOException if the file cannot be read or written, or is damaged
   */
  public static Credentials of(Path dataDirectory) throws IOException {
    Path file = file(dataDirectory);
    if (!Files.exists(file)) {
      write(file);
    }
    return read(file);
  }

  /**
   * A key pair in a file: its id and its secret, a line each.
   *
   * @throws IOException if the file cannot be read, or holds something else
   */
  public static Credentials read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    if (lines.size() < 2) {
      throw new IOException(file + " does not hold a key id and a secret, a line each.");
    }
    return Credentials.of(lines.get(0), lines.get(1));
  }

  private static void write(Path file) throws IOException {
    SecureRandom random = new SecureRandom();
    String id = "AKIA" + letters(random, ID_LETTERS, ID_RANDOM_LETTERS);
    String secret = letters(random, SECRET_LETTERS, SECRET_RANDOM_LETTERS);
    OwnerFile.write(file, id + '\n' + secret + '\n');
  }

  private static String letters(SecureRandom random, String from, int count) {
    StringBuilder text = new StringBuilder(count);
    for (int at = 0; at < count; at++) {
      text.append(from.charAt(random.nextInt(from.length())));
    }
    return text.toString();
  }
}
