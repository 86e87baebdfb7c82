package dev.longshore.core.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.longshore.shapes.Blob;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.secretsmanager.InvalidParameterException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A value in the plain, for as long as a call takes. Shows nothing of itself as text. */
final class SecretValue {
  /** Bytes that a value may have, as UTF-8 where it is text. */
  static final int MOST = 65_536;

  private final boolean binary;
  private final byte[] bytes;

  private SecretValue(boolean binary, byte[] bytes) {
    this.binary = binary;
    this.bytes = bytes;
  }

  /** What a request carries; null where it carries neither text nor bytes. */
  static @Nullable SecretValue given(@Nullable String text, @Nullable Blob bytes) {
    if (text != null && bytes != null) {
      throw new InvalidParameterException(
          "You can't specify both a binary secret value and a string secret value in the same"
              + " secret.");
    }
    if (text == null) {
      return bytes == null ? null : new SecretValue(true, bytes.toBytes());
    }
    byte[] utf8 = text.getBytes(UTF_8);
    if (utf8.length > MOST) {
      throw new ServiceException(
          "ValidationException",
          400,
          "1 validation error detected: Value at 'secretString' failed to satisfy constraint:"
              + " Member must have length less than or equal to "
              + MOST);
    }
    return new SecretValue(false, utf8);
  }

  static SecretValue of(boolean binary, byte[] bytes) {
    return new SecretValue(binary, bytes);
  }

  byte[] bytes() {
    return bytes.clone();
  }

  boolean binary() {
    return binary;
  }

  @Nullable String text() {
    return binary ? null : new String(bytes, UTF_8);
  }

  @Nullable Blob blob() {
    return binary ? Blob.of(bytes) : null;
  }

  boolean same(SecretValue other) {
    return binary == other.binary && Arrays.equals(bytes, other.bytes);
  }
}
