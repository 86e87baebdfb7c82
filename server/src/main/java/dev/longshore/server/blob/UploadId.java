package dev.longshore.server.blob;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.server.blob.Digest.Algorithm;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The ids of uploads, and how an upload is called where it is stored. */
final class UploadId {
  private static final Pattern ID = Pattern.compile("[0-9a-f]{32}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private UploadId() {}

  static String fresh() {
    byte[] bits = new byte[16];
    RANDOM.nextBytes(bits);
    return HexFormat.of().formatHex(bits);
  }

  static boolean isOne(String text) {
    return ID.matcher(text).matches();
  }

  /** The owner is part of the name, so that an upload that is found is known to be theirs. */
  static String name(String owner, String id) {
    String hash = Digest.of(Algorithm.SHA256, owner.getBytes(UTF_8)).hex();
    return id + '-' + hash.substring(0, 32);
  }
}
