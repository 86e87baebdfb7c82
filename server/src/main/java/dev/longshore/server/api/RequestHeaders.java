package dev.longshore.server.api;

import dev.longshore.server.http.Headers;
import dev.longshore.wire.WireHeaders;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The header fields of a request as codecs want them. */
record RequestHeaders(Headers fields) implements WireHeaders {
  @Override
  public @Nullable String first(String name) {
    return fields.first(name);
  }

  @Override
  public List<String> all(String name) {
    return fields.all(name);
  }

  @Override
  public Set<String> names() {
    return fields.names();
  }
}
