package dev.longshore.wire;

import dev.longshore.shapes.OperationModel;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a REST API has an operation: a path template such as {@code /a/{Name}/{Rest+}}, and
 * possibly query parameters that must be there.
 */
record RestRoute(
    OperationModel operation, List<String> segments, Map<String, List<String>> required) {
  /** Routes that say more about the path come first: {@code /a/b} before {@code /a/{Name}}. */
  static final Comparator<RestRoute> MOST_SPECIFIC_FIRST =
      Comparator.comparingInt((RestRoute route) -> -route.literals())
          .thenComparingInt(route -> route.isGreedy() ? 1 : 0)
          .thenComparingInt(route -> -route.required.size());

  static RestRoute of(OperationModel operation) {
    var uri = operation.uri();
    int mark = uri.indexOf('?');
    var path = mark < 0 ? uri : uri.substring(0, mark);
    var query = mark < 0 ? "" : uri.substring(mark + 1);
    return new RestRoute(operation, split(path), RestQuery.parse(query));
  }

  private static List<String> split(String path) {
    return List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
  }

  private int literals() {
    return (int) segments.stream().filter(segment -> !isLabel(segment)).count();
  }

  private boolean isGreedy() {
    return segments.stream().anyMatch(segment -> segment.endsWith("+}"));
  }

  private static boolean isLabel(String segment) {
    return segment.startsWith("{");
  }

  /** The values of the labels when a request takes this route, null when it does not. */
  @Nullable Map<String, String> match(String method, String path, Map<String, List<String>> query) {
    if (!operation.method().equals(method)) {
      return null;
    }
    for (var parameter : required.entrySet()) {
      if (!query.getOrDefault(parameter.getKey(), List.of()).containsAll(parameter.getValue())) {
        return null;
      }
    }
    return labels(split(path));
  }

  private @Nullable Map<String, String> labels(List<String> actual) {
    var labels = new LinkedHashMap<String, String>();
    int spare = actual.size() - segments.size();
    int at = 0;
    for (var segment : segments) {
      if (at >= actual.size()) {
        return null;
      }
      if (segment.endsWith("+}") && spare >= 0) {
        var parts = new ArrayList<String>();
        for (var part : actual.subList(at, at + spare + 1)) {
          parts.add(decoded(part));
        }
        if (parts.size() == 1 && parts.getFirst().isEmpty()) {
          return null;
        }
        at += spare;
        labels.put(segment.substring(1, segment.length() - 2), String.join("/", parts));
      } else if (isLabel(segment)) {
        if (actual.get(at).isEmpty()) {
          return null;
        }
        labels.put(segment.substring(1, segment.length() - 1), decoded(actual.get(at)));
      } else if (!segment.equals(decoded(actual.get(at)))) {
        return null;
      }
      at++;
    }
    return at == actual.size() ? labels : null;
  }

  /** In a path, unlike in a query, a plus sign stands for itself. */
  private static String decoded(String segment) {
    return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
