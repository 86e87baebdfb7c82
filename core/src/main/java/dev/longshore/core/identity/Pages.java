package dev.longshore.core.identity;

import dev.longshore.core.operation.Paging;
import dev.longshore.shapes.ServiceException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages of IAM's listings. A marker names the last item of the page before, so no memory of a
 * listing is kept. Like {@link Paging}, in IAM's words.
 */
record Pages(@Nullable String marker, @Nullable Integer maxItems) {
  private static final int USUAL = 100;

  /**
   * A page.
   *
   * @param marker what to ask for the next page with; null on the last page
   */
  record Page<T>(List<T> items, @Nullable String marker) {
    boolean truncated() {
      return marker != null;
    }
  }

  /**
   * Takes a page.
   *
   * @param sorted by the key, all of them
   */
  <R, T> Page<T> of(Iterable<R> sorted, Function<R, String> key, Function<R, T> shown) {
    String after = after();
    int size = maxItems == null ? USUAL : maxItems;
    List<T> items = new ArrayList<>();
    String last = "";
    for (R each : sorted) {
      String name = key.apply(each);
      if (after != null && name.compareTo(after) <= 0) {
        continue;
      }
      if (items.size() == size) {
        byte[] bytes = last.getBytes(StandardCharsets.UTF_8);
        return new Page<>(items, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
      }
      items.add(shown.apply(each));
      last = name;
    }
    return new Page<>(items, null);
  }

  private @Nullable String after() {
    if (marker == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(marker), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notBase64) {
      throw new ServiceException("ValidationError", 400, "Invalid Marker.");
    }
  }
}
