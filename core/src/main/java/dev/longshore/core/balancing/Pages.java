package dev.longshore.core.balancing;

import dev.longshore.core.operation.Paging;
import dev.longshore.shapes.ecs.InvalidParameterException;
import org.jspecify.annotations.Nullable;

/** The pages of this API's listings: 1 to 400 items, as many as there is room for by default. */
final class Pages {
  private static final int MOST = 400;

  private Pages() {}

  /**
   * Reads which page is asked for.
   *
   * @throws dev.longshore.shapes.ServiceException the marker is not one of this listing
   */
  static Paging of(String listing, @Nullable String marker, @Nullable Integer size) {
    try {
      return Paging.of(listing, marker, size, MOST, MOST);
    } catch (InvalidParameterException unreadable) {
      // The same fault has another code in the query protocol.
      throw Faults.invalid("Invalid marker");
    }
  }
}
