package dev.longshore.core.operation;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The token of a listing's next page: it names the key of the last row of the page before, so a
 * listing goes on correctly while rows come and go, and no memory of it is kept.
 */
public final class PageToken {
  private PageToken() {}

  /**
   * The token of a page that ends with that key.
   *
   * @param listing the action's name; a token of one listing is no token of another
   */
  public static String of(String listing, String key) {
    byte[] text = (listing + ' ' + key).getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(text);
  }

  /** The key that a token names; empty where it is no token of that listing. */
  public static Optional<String> key(String listing, String token) {
    try {
      String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
      return text.startsWith(listing + ' ')
          ? Optional.of(text.substring(listing.length() + 1))
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
