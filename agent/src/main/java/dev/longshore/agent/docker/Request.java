package dev.longshore.agent.docker;

import dev.longshore.wire.json.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to the engine; {@code path} is without the API version and already encoded.
 *
 * @param body null for none
 * @param upload whether a body of unknown length follows the head
 * @param hijack whether the connection is to become a two-way byte stream
 */
record Request(
    String method,
    String path,
    Map<String, String> headers,
    @Nullable Json body,
    boolean upload,
    boolean hijack) {

  static Request get(String path) {
    return new Request("GET", path, Map.of(), null, false, false);
  }

  static Request post(String path) {
    return new Request("POST", path, Map.of(), null, false, false);
  }

  static Request delete(String path) {
    return new Request("DELETE", path, Map.of(), null, false, false);
  }

  /** A name or id as one segment of a path. */
  static String segment(String name) {
    return encode(name);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  Request query(String name, @Nullable String value) {
    if (value == null) {
      return this;
    }
    var joint = path.indexOf('?') < 0 ? '?' : '&';
    return new Request(
        method, path + joint + name + '=' + encode(value), headers, body, upload, hijack);
  }

  Request query(String name, boolean value) {
    return value ? query(name, "1") : this;
  }

  /** The engine's filters, as a JSON object of lists; none at all when there is nothing in it. */
  Request filters(Map<String, List<String>> filters) {
    var members = new LinkedHashMap<String, Json>();
    filters.forEach((name, values) -> {
      if (!values.isEmpty()) {
        members.put(name, Json.items(values));
      }
    });
    return members.isEmpty() ? this : query("filters", new Json.Fields(members).write());
  }

  Request header(String name, String value) {
    var more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Request(method, path, more, body, upload, hijack);
  }

  Request body(Json json) {
    return new Request(method, path, headers, json, upload, hijack);
  }

  Request uploading() {
    return new Request(method, path, headers, body, true, hijack);
  }

  Request hijacking() {
    return new Request(method, path, headers, body, upload, true);
  }

  Request under(String prefix) {
    return new Request(method, prefix + path, headers, body, upload, hijack);
  }

  /** Whether it may be sent a second time when the first got no answer. */
  boolean repeatable() {
    return method.equals("GET");
  }

  /** For messages: the path without its query, which may be long. */
  @Override
  public String toString() {
    var query = path.indexOf('?');
    return method + " " + (query < 0 ? path : path.substring(0, query));
  }
}
