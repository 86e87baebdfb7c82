package dev.longshore.gateway.route;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What rules look at in a request. */
public interface Asked {
  String method();

  /** The Host header without its port. */
  String host();

  /** The path as it came, percent signs and all, without the query. */
  String path();

  /** What follows the first question mark, as it came, or null. */
  @Nullable String query();

  /** The values of all headers with this name, in any case. */
  List<String> header(String name);

  /** The address of the connection's other end: 4 or 16 bytes. */
  byte[] source();
}
