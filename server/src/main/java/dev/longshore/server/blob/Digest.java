package dev.longshore.server.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of some bytes.
 *
 * @param hex lower-case, as long as the algorithm makes it
 */
public record Digest(Algorithm algorithm, String hex) {
  private static final Pattern HEX = Pattern.compile("[0-9a-f]+");

  /** The algorithms that the registry takes. */
  public enum Algorithm {
    SHA256("sha256", "SHA-256", 64),
    SHA512("sha512", "SHA-512", 128);

    private final String label;
    private final String provided;
    private final int letters;

    Algorithm(String label, String provided, int letters) {
      this.label = label;
      this.provided = provided;
      this.letters = letters;
    }

    /** The name as it stands before the colon. */
    public String label() {
      return label;
    }

    /** The algorithm of that label; empty where it is not taken. */
    public static Optional<Algorithm> labelled(String label) {
      for (Algorithm each : values()) {
        if (each.label.equals(label)) {
          return Optional.of(each);
        }
      }
      return Optional.empty();
    }

    /** A new running hash. */
    MessageDigest hash() {
      try {
        return MessageDigest.getInstance(provided);
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("Every Java has " + provided + ".", e);
      }
    }

    Digest of(MessageDigest hash) {
      return new Digest(this, HexFormat.of().formatHex(hash.digest()));
    }
  }

  /** Reads {@code algorithm:hex}; empty where the text is no digest of an algorithm we take. */
  public static Optional<Digest> parse(String text) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Optional.empty();
    }
    String hex = text.substring(colon + 1);
    return Algorithm.labelled(text.substring(0, colon))
        .filter(algorithm -> hex.length() == algorithm.letters && HEX.matcher(hex).matches())
        .map(algorithm -> new Digest(algorithm, hex));
  }

  /** The digest of bytes at hand. */
  public static Digest of(Algorithm algorithm, byte[] bytes) {
    MessageDigest hash = algorithm.hash();
    hash.update(bytes);
    return algorithm.of(hash);
  }

  @Override
  public String toString() {
    return algorithm.label + ':' + hex;
  }
}
