package dev.longshore.gateway.route;

import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A load balancer's attributes, read. Defaults are AWS's.
 *
 * @param idleNanos how long a connection, or a target, may be silent
 * @param keepAliveNanos how long a client's connection may be used for further requests
 * @param flowIdleNanos how long a TCP connection through the load balancer may be silent; AWS has
 *     it as the listener's attribute {@code tcp.idle_timeout.seconds}, given here with the others
 * @param dropInvalidHeaders whether headers with unusual names are left out, not refused
 * @param tlsHeaders whether targets are told TLS's version and cipher suite
 * @param accessLog whether each request is written down
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
    boolean accessLog) {
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
        attributes.flag("access_logs.s3.enabled", false));
  }
}
