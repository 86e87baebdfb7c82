package dev.longshore.core.key;

import dev.longshore.core.operation.PageToken;
import dev.longshore.shapes.kms.InvalidMarkerException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Pages of listings. */
final class KeyPages {
  private static final int USUAL = 50;

  private KeyPages() {}

  /** A page and the marker of the next one; null on the last. */
  record Page<R>(List<R> items, @Nullable String marker) {}

  /**
   * @param rows all of them, in the order of their keys
   */
  static <R> Page<R> page(
      String listing,
      Iterable<R> rows,
      Function<R, String> key,
      @Nullable String marker,
      @Nullable Integer limit) {
    String after =
        marker == null
            ? null
            : PageToken.key(listing, marker)
                .orElseThrow(() -> new InvalidMarkerException("The marker is not valid."));
    int size = limit == null ? USUAL : limit;
    List<R> page = new ArrayList<>();
    for (R row : rows) {
      if (after != null && key.apply(row).compareTo(after) <= 0) {
        continue;
      }
      if (page.size() == size) {
        return new Page<>(page, PageToken.of(listing, key.apply(page.getLast())));
      }
      page.add(row);
    }
    return new Page<>(page, null);
  }
}
