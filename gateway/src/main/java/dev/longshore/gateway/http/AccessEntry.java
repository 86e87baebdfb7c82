package dev.longshore.gateway.http;

import org.jspecify.annotations.Nullable;

/**
 * What is written down of a request. Times are nanoseconds; -1 where a step was not reached.
 *
 * @param type http, https, h2, grpcs, ws or wss
 * @param target {@code ADDRESS:PORT}, or "-"
 * @param status what the client was answered; 460 where it left before
 * @param targetStatus what the target answered, or 0
 */
public record AccessEntry(
    String type,
    long epochMillis,
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
    @Nullable String groupArn,
    @Nullable String traceId) {}
