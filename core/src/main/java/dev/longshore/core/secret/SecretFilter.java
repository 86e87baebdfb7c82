package dev.longshore.core.secret;

import dev.longshore.core.model.Secret;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.secretsmanager.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Which secrets a listing means: those that pass each filter. A filter has values, one of which
 * must be the beginning of what it looks at; a value with an exclamation mark in front must not be.
 */
final class SecretFilter {
  private final List<Filter> filters;
  private final Context context;

  SecretFilter(@Nullable List<Filter> filters, Context context) {
    this.filters = Given.list(filters);
    this.context = context;
  }

  boolean passes(Secret secret) {
    for (Filter filter : filters) {
      if (!passes(filter, secret)) {
        return false;
      }
    }
    return true;
  }

  private boolean passes(Filter filter, Secret secret) {
    String key = Given.text(filter.key());
    List<String> looked = looked(key, secret);
    BiPredicate<String, String> matches =
        key.equals("all")
            ? SecretFilter::hasWords
            : key.equals("description")
                ? (text, value) -> lower(text).startsWith(lower(value))
                : String::startsWith;
    boolean positive = false;
    boolean asked = false;
    for (String value : Given.list(filter.values())) {
      boolean negated = value.startsWith("!");
      String wanted = negated ? value.substring(1) : value;
      boolean found = looked.stream().anyMatch(text -> matches.test(text, wanted));
      if (negated && found) {
        return false;
      }
      asked |= !negated;
      positive |= !negated && found;
    }
    return positive || !asked;
  }

  private List<String> looked(String key, Secret secret) {
    return switch (key) {
      case "name" -> List.of(secret.name());
      case "description" -> List.of(Given.text(secret.description()));
      case "tag-key" -> List.copyOf(secret.tags().keySet());
      case "tag-value" -> List.copyOf(secret.tags().values());
      case "primary-region" -> List.of(context.place().region());
      case "owning-service" -> List.of();
      default -> {
        List<String> all = new ArrayList<>();
        all.add(secret.name());
        all.add(Given.text(secret.description()));
        all.addAll(secret.tags().keySet());
        all.addAll(secret.tags().values());
        yield all;
      }
    };
  }

  /** Whether each word of the value is in the text. */
  private static boolean hasWords(String text, String value) {
    for (String word : lower(value).split("[ /_+=.@!-]+")) {
      if (!lower(text).contains(word)) {
        return false;
      }
    }
    return true;
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
