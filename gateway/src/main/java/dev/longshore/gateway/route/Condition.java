package dev.longshore.gateway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request must be like. Of a condition's values any one suffices. In values, {@code *}
 * stands for any number of characters and {@code ?} for one; expressions are RE2's and are searched
 * for.
 */
public sealed interface Condition {
  /** The Host header without its port; case does not matter. */
  record HostHeader(List<String> values, List<String> expressions) implements Condition {
    public HostHeader {
      values = List.copyOf(values);
      expressions = List.copyOf(expressions);
    }
  }

  /** The path without its query; case matters. */
  record PathPattern(List<String> values, List<String> expressions) implements Condition {
    public PathPattern {
      values = List.copyOf(values);
      expressions = List.copyOf(expressions);
    }
  }

  /** A header, by its exact name in any case; the case of its value does not matter. */
  record HttpHeader(String name, List<String> values, List<String> expressions)
      implements Condition {
    public HttpHeader {
      values = List.copyOf(values);
      expressions = List.copyOf(expressions);
    }
  }

  /** The method, exactly. */
  record HttpRequestMethod(List<String> values) implements Condition {
    public HttpRequestMethod {
      values = List.copyOf(values);
    }
  }

  /** A parameter of the query, decoded; case does not matter. */
  record QueryString(List<Pair> values) implements Condition {
    public QueryString {
      values = List.copyOf(values);
    }
  }

  /** A parameter's name, or none for any, and its value. */
  record Pair(@Nullable String key, String value) {}

  /** The address of the connection's other end, by CIDR blocks. */
  record SourceIp(List<String> values) implements Condition {
    public SourceIp {
      values = List.copyOf(values);
    }
  }
}
