package dev.longshore.server.http;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Header fields as Netty's HTTP/1.1 decoder left them. */
record Http1Headers(HttpHeaders fields) implements Headers {
  @Override
  public @Nullable String first(String name) {
    return fields.get(name);
  }

  @Override
  public List<String> all(String name) {
    return fields.getAll(name);
  }

  @Override
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    fields.forEach(field -> names.add(field.getKey().toLowerCase(Locale.ROOT)));
    return names;
  }
}
