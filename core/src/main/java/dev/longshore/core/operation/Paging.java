package dev.longshore.core.operation;

import dev.longshore.shapes.ecs.InvalidParameterException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which page of a listing is asked for. A token names the key of the last row of the page before,
 * so a listing goes on correctly while rows come and go, and no memory of it is kept.
 */
public final class Paging {
  private final String listing;
  private final @Nullable String after;
  private final int size;

  private Paging(String listing, @Nullable String after, int size) {
    this.listing = listing;
    this.after = after;
    this.size = size;
  }

  /**
   * Reads a request.
   *
   * @param listing the action's name; a token of one listing is no token of another
   * @param nextToken the token of the page before; null for the first page
   * @param maxResults rows wanted; null for the usual number
   * @param most the largest page that may be asked for; the smallest is 1
   * @param usual how many rows a page has if nothing is asked for
   * @throws InvalidParameterException the token is not one of this listing, or {@code maxResults}
   *     is out of bounds
   */
  public static Paging of(
      String listing,
      @Nullable String nextToken,
      @Nullable Integer maxResults,
      int most,
      int usual) {
    if (maxResults != null && (maxResults < 1 || maxResults > most)) {
      throw new InvalidParameterException("maxResults must be between 1 and " + most + ".");
    }
    return new Paging(
        listing,
        nextToken == null ? null : key(listing, nextToken),
        maxResults == null ? usual : maxResults);
  }

  /** The key after which this page starts; null for the first page. */
  public @Nullable String after() {
    return after;
  }

  /**
   * Takes the page from the rows that come after {@link #after}.
   *
   * @param key the key by which the rows are sorted
   * @param result what the listing shows of a row; null leaves the row out
   */
  public <R, T> Page<T> page(
      Iterable<R> rows, Function<R, String> key, Function<R, @Nullable T> result) {
    List<T> items = new ArrayList<>();
    String last = null;
    for (R row : rows) {
      T item = result.apply(row);
      if (item == null) {
        continue;
      }
      if (items.size() == size) {
        return new Page<>(List.copyOf(items), last == null ? null : token(listing, last));
      }
      items.add(item);
      last = key.apply(row);
    }
    return new Page<>(List.copyOf(items), null);
  }

  /**
   * A page of a listing.
   *
   * @param nextToken what to ask for the next page with; null on the last page
   */
  public record Page<T>(List<T> items, @Nullable String nextToken) {}

  private static String token(String listing, String key) {
    return PageToken.of(listing, key);
  }

  private static String key(String listing, String token) {
    return PageToken.key(listing, token)
        .orElseThrow(() -> new InvalidParameterException("Invalid token"));
  }
}
