package dev.longshore.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Form parameters as a tree: {@code Tags.member.1.Key=a} is a value four levels below the root.
 * Whether a level is a list, a map or a structure only the schema knows.
 */
final class FormNode {
  /** Deeper than any model nests: a structure in a list takes three levels. */
  private static final int MAX_DEPTH = 128;

  private static final int MAX_PARAMETERS = 50_000;

  private final Map<String, FormNode> children = new LinkedHashMap<>(0);
  private @Nullable String value;

  private FormNode() {}

  /**
   * Reads parameters; of several with the same name the last counts.
   *
   * @param encoded bodies or queries in the form {@code a=1&b=2}
   * @throws IllegalArgumentException when one is not percent-encoded correctly, or when there are
   *     too many or too deep ones
   */
  static FormNode parse(String... encoded) {
    var root = new FormNode();
    int count = 0;
    for (var form : encoded) {
      int from = 0;
      while (from < form.length()) {
        int end = form.indexOf('&', from);
        end = end < 0 ? form.length() : end;
        if (end > from) {
          root.add(form.substring(from, end));
          count++;
        }
        if (count > MAX_PARAMETERS) {
          throw new IllegalArgumentException("The request has too many parameters");
        }
        from = end + 1;
      }
    }
    return root;
  }

  private void add(String parameter) {
    int equals = parameter.indexOf('=');
    var name = decoded(equals < 0 ? parameter : parameter.substring(0, equals));
    var node = this;
    int depth = 0;
    int from = 0;
    while (from <= name.length()) {
      int dot = name.indexOf('.', from);
      dot = dot < 0 ? name.length() : dot;
      node = node.children.computeIfAbsent(name.substring(from, dot), key -> new FormNode());
      from = dot + 1;
      depth++;
      if (depth > MAX_DEPTH) {
        throw new IllegalArgumentException("A parameter of the request is nested too deeply");
      }
    }
    node.value = equals < 0 ? "" : decoded(parameter.substring(equals + 1));
  }

  private static String decoded(String encoded) {
    return URLDecoder.decode(encoded, StandardCharsets.UTF_8);
  }

  @Nullable FormNode child(String name) {
    return children.get(name);
  }

  /** The value of the parameter that ends here, null when none does. */
  @Nullable String value() {
    return value;
  }

  /** The value of a parameter without dots, null when there is none. */
  @Nullable String value(String name) {
    var child = children.get(name);
    return child == null ? null : child.value;
  }

  /** The children that are numbered, in the order of their numbers. */
  Iterable<FormNode> numbered() {
    var ordered = new TreeMap<Integer, FormNode>();
    children.forEach((name, node) -> {
      if (!name.isEmpty() && name.length() <= 9 && name.chars().allMatch(Character::isDigit)) {
        ordered.put(Integer.valueOf(name), node);
      }
    });
    return Collections.unmodifiableCollection(ordered.values());
  }
}
