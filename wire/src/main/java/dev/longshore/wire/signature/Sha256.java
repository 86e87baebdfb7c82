package dev.longshore.wire.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The two hashes of the algorithm. Ready instances are cloned per use, since asking the provider
 * for one costs more than hashing a small request.
 */
final class Sha256 {
  private static final MessageDigest DIGEST;
  private static final Mac MAC;

  static {
    try {
      DIGEST = MessageDigest.getInstance("SHA-256");
      MAC = Mac.getInstance("HmacSHA256");
    } catch (GeneralSecurityException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Sha256() {}

  static String hex(byte[] content) {
    try {
      MessageDigest digest = (MessageDigest) DIGEST.clone();
      return HexFormat.of().formatHex(digest.digest(content));
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's SHA-256 can always be cloned.", e);
    }
  }

  /** A keyed hash that is never fed itself, only cloned, so that threads may share it. */
  static Mac keyed(byte[] key) {
    try {
      Mac mac = (Mac) MAC.clone();
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac;
    } catch (CloneNotSupportedException | InvalidKeyException e) {
      throw new IllegalStateException("The JDK's HMAC takes any key that is not empty.", e);
    }
  }

  static byte[] hmac(Mac keyed, byte[] content) {
    try {
      return ((Mac) keyed.clone()).doFinal(content);
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The JDK's HMAC can always be cloned.", e);
    }
  }
}
