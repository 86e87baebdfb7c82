package dev.longshore.core.parameter;

import dev.longshore.core.operation.PageToken;
import dev.longshore.shapes.ssm.InvalidNextToken;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of listings. */
final class ParameterPages {
  private ParameterPages() {}

  /** A page and the token of the next one; null on the last. */
  record Page<R>(List<R> items, @Nullable String nextToken) {}

  /** The key after which the page starts; null for the first page. */
  static @Nullable String after(String listing, @Nullable String token) {
    return token == null
        ? null
        : PageToken.key(listing, token)
            .orElseThrow(() -> new InvalidNextToken("The specified token isn't valid."));
  }

  /**
   * @param rows what comes after that key
   */
  static <R> Page<R> page(String listing, List<R> rows, int size, Function<R, String> key) {
    return rows.size() <= size
        ? new Page<>(rows, null)
        : new Page<>(rows.subList(0, size), PageToken.of(listing, key.apply(rows.get(size - 1))));
  }
}
