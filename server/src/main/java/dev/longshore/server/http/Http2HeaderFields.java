package dev.longshore.server.http;

import io.netty.handler.codec.http2.Http2Headers;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Header fields as Netty's HTTP/2 decoder left them: names in lower case, the host apart. */
record Http2HeaderFields(Http2Headers fields) implements Headers {
  @Override
  public @Nullable String first(String name) {
    CharSequence value = fields.get(name.toLowerCase(Locale.ROOT));
    if (value == null && name.equalsIgnoreCase("host")) {
      value = fields.authority();
    }
    return value == null ? null : value.toString();
  }

  @Override
  public Set<String> names() {
    var names = new LinkedHashSet<String>();
    for (CharSequence name : fields.names()) {
      if (name.charAt(0) != ':') {
        names.add(name.toString());
      }
    }
    return names;
  }

  @Override
  public List<String> all(String name) {
    List<CharSequence> values = fields.getAll(name.toLowerCase(Locale.ROOT));
    if (values.isEmpty() && name.equalsIgnoreCase("host") && fields.authority() != null) {
      return List.of(fields.authority().toString());
    }
    return values.stream().map(CharSequence::toString).toList();
  }
}
