package dev.longshore.gateway.route;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request as rules see it, for tests. */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Question(
    String method,
    String host,
    String path,
    @Nullable String query,
    Map<String, List<String>> headers,
    byte[] source)
    implements Asked {
  static Question get(String path) {
    return new Question("GET", "example.com", path, null, Map.of(), new byte[] {127, 0, 0, 1});
  }

  Question withHost(String host) {
    return new Question(method, host, path, query, headers, source);
  }

  Question withMethod(String method) {
    return new Question(method, host, path, query, headers, source);
  }

  Question withQuery(String query) {
    return new Question(method, host, path, query, headers, source);
  }

  Question withSource(String address) {
    return new Question(method, host, path, query, headers, Addresses.parse(address));
  }

  Question with(String header, String... values) {
    Map<String, List<String>> more = new LinkedHashMap<>(headers);
    more.put(header, List.of(values));
    return new Question(method, host, path, query, more, source);
  }

  @Override
  public List<String> header(String name) {
    return headers.getOrDefault(name, List.of());
  }
}
