package dev.longshore.agent.metadata;

import java.util.List;
import java.util.Map;

/**
 * A request.
 *
 * @param method such as "GET"
 * @param path decoded, without the query
 * @param query decoded parameters
 * @param target path and query as they came
 * @param client the address it came from
 * @param authorization the header of that name, empty where there is none
 */
record Ask(
    String method,
    String path,
    Map<String, List<String>> query,
    String target,
    String client,
    String userAgent,
    String authorization,
    String body) {
  String parameter(String name) {
    var values = query.getOrDefault(name, List.of());
    return values.isEmpty() ? "" : values.getFirst();
  }

  boolean reads() {
    return method.equals("GET") || method.equals("HEAD");
  }
}
