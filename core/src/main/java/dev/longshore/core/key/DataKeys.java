package dev.longshore.core.key;

import org.jspecify.annotations.Nullable;

/** How long a data key is that a request asks for. */
final class DataKeys {
  private static final int AES_256 = 32;
  private static final int AES_128 = 16;

  private DataKeys() {}

  static int bytes(@Nullable String spec, @Nullable Integer bytes) {
    if ((spec == null) == (bytes == null)) {
      throw Keys.invalid("Please specify either number of bytes or key spec.");
    }
    if (bytes != null) {
      return bytes;
    }
    return "AES_128".equals(spec) ? AES_128 : AES_256;
  }
}
