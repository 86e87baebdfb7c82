package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import java.time.Instant;
import java.util.List;

/**
 * What a client token of RunTask stands for, so that a repeated call starts nothing twice.
 *
 * @param request the request's text without the token, to tell a repetition from another request
 * @param taskArns the tasks that the first call started
 * @param createdAt the first call; the token lives 24 hours, or an hour longer than its tasks
 */
public record RunTaskToken(
    String clusterArn, String token, String request, List<String> taskArns, Instant createdAt) {
  /** Keyed by {@code clusterArn token}: tokens are a cluster's own. */
  public static final Kind<RunTaskToken> KIND =
      Kind.of("runTaskToken", RunTaskToken.class, row -> key(row.clusterArn(), row.token()));

  /** The key of a cluster's token. */
  public static String key(String clusterArn, String token) {
    return clusterArn + ' ' + token;
  }
}
