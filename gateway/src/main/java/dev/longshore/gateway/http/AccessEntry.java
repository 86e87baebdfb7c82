package dev.longshore.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * What is written down of a request. Times are nanoseconds; -1 where a step was not reached.
 *
 * @param type http, https, h2, grpcs, ws or wss
 * @param begunMillis when the request came, since the epoch
 * @param endedMillis when all of its answer was sent
 * @param target {@code ADDRESS:PORT}, or "-"
 * @param status what the client was answered; 460 where it left before
 * @param targetStatus what the target answered, or 0
 * @param received bytes of the request, its head included as HTTP/1.1 writes it; as sent
 * @param url all of it, with what its query says
 * @param tls what was agreed on; null where the client does not speak TLS
 * @param priority of the rule that was met: 0 for the default one, -1 for none that was asked
 * @param action what that rule does; null for none
 * @param redirect where the client was sent instead
 * @param connection names the client's connection
 */
public record AccessEntry(
    String type,
    long begunMillis,
    long endedMillis,
    String balancer,
    String client,
    String target,
    long untilForwarded,
    long untilAnswered,
    long untilDone,
    int status,
    int targetStatus,
    long received,
    long sent,
    String method,
    String url,
    String version,
    @Nullable String userAgent,
    @Nullable Tls tls,
    @Nullable String groupArn,
    @Nullable String traceId,
    int priority,
    @Nullable String action,
    @Nullable String redirect,
    String connection) {
  /**
   * What a client and the listener agreed on.
   *
   * @param cipher by OpenSSL's name
   * @param name that the client asked for
   */
  public record Tls(
      String cipher, String protocol, @Nullable String name, @Nullable String certificateArn) {}
}
