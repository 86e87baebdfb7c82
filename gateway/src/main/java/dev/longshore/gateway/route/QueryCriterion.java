package dev.longshore.gateway.route;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Looks for parameters in a query. */
final class QueryCriterion implements Criterion {
  private record Wanted(@Nullable Glob key, Glob value) {}

  private final Wanted[] wanted;

  private QueryCriterion(Wanted[] wanted) {
    this.wanted = wanted;
  }

  static QueryCriterion of(Condition.QueryString condition) {
    return new QueryCriterion(
        condition.values().stream()
            .map(pair ->
                new Wanted(
                    pair.key() == null ? null : new Glob(pair.key(), true),
                    new Glob(pair.value(), true)))
            .toArray(Wanted[]::new));
  }

  @Override
  public boolean meets(Asked asked) {
    String query = asked.query();
    if (query == null) {
      return false;
    }
    for (int at = 0; at <= query.length(); ) {
      int end = query.indexOf('&', at);
      end = end < 0 ? query.length() : end;
      if (matches(query.substring(at, end))) {
        return true;
      }
      at = end + 1;
    }
    return false;
  }

  private boolean matches(String parameter) {
    int equals = parameter.indexOf('=');
    String key = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    String value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
    for (Wanted each : wanted) {
      boolean named = each.key() == null || each.key().matches(key);
      if (named && each.value().matches(value)) {
        return true;
      }
    }
    return false;
  }

  private static String decoded(String text) {
    if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
      return text;
    }
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException notEncoded) {
      // A lone percent sign means itself.
      return text;
    }
  }
}
