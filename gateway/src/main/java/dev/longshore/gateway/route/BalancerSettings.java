package dev.longshore.gateway.route;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The attributes of a load balancer and of one of its listeners, read. Defaults are AWS's.
 *
 * @param idleNanos how long a connection, or a target, may be silent
 * @param keepAliveNanos how long a client's connection may be used for further requests
 * @param flowIdleNanos how long a TCP connection through the load balancer may be silent
 * @param dropInvalidHeaders whether headers with unusual names are left out, not refused
 * @param tlsHeaders whether targets are told TLS's version and cipher suite
 * @param accessLog whether each request is written down
 * @param answerHeaders what answers to clients have, whatever targets say; an empty value for none
 */
public record BalancerSettings(
    long idleNanos,
    long keepAliveNanos,
    long flowIdleNanos,
    boolean http2,
    boolean dropInvalidHeaders,
    boolean preserveHost,
    Forwarded forwarded,
    boolean clientPort,
    boolean tlsHeaders,
    boolean accessLog,
    Map<String, String> answerHeaders) {
  /** What a listener can be told to answer with, by attributes that are named after the header. */
  private static final List<String> ANSWER_HEADERS =
      List.of(
          "strict-transport-security",
          "access-control-allow-origin",
          "access-control-allow-methods",
          "access-control-allow-headers",
          "access-control-allow-credentials",
          "access-control-expose-headers",
          "access-control-max-age",
          "content-security-policy",
          "x-content-type-options",
          "x-frame-options");

  /** What happens to X-Forwarded-For. */
  public enum Forwarded {
    APPEND,
    PRESERVE,
    REMOVE
  }

  static BalancerSettings of(Map<String, String> map) {
    Attributes attributes = new Attributes(map);
    return new BalancerSettings(
        TimeUnit.SECONDS.toNanos(attributes.number("idle_timeout.timeout_seconds", 60)),
        TimeUnit.SECONDS.toNanos(attributes.number("client_keep_alive.seconds", 3600)),
        TimeUnit.SECONDS.toNanos(attributes.number("tcp.idle_timeout.seconds", 350)),
        attributes.flag("routing.http2.enabled", true),
        attributes.flag("routing.http.drop_invalid_header_fields.enabled", false),
        attributes.flag("routing.http.preserve_host_header.enabled", false),
        switch (attributes.text("routing.http.xff_header_processing.mode", "append")) {
          case "preserve" -> Forwarded.PRESERVE;
          case "remove" -> Forwarded.REMOVE;
          default -> Forwarded.APPEND;
        },
        attributes.flag("routing.http.xff_client_port.enabled", false),
        attributes.flag("routing.http.x_amzn_tls_version_and_cipher_suite.enabled", false),
        attributes.flag("access_logs.s3.enabled", false),
        answerHeaders(attributes));
  }

  private static Map<String, String> answerHeaders(Attributes attributes) {
    Map<String, String> headers = new LinkedHashMap<>();
    if (!attributes.flag("routing.http.response.server.enabled", true)) {
      headers.put("server", "");
    }
    for (String name : ANSWER_HEADERS) {
      String key = "routing.http.response." + name.replace('-', '_') + ".header_value";
      String value = attributes.text(key, "");
      if (!value.isEmpty()) {
        headers.put(name, value);
      }
    }
    return Collections.unmodifiableMap(headers);
  }
}
