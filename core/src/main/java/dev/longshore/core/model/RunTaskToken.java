package dev.longshore.core.model;

import dev.longshore.core.state.Kind;
import dev.longshore.shapes.ecs.Failure;
import java.time.Instant;
import java.util.List;

/**
 * What a client token of RunTask stands for, so that a repeated call starts nothing twice.
 *
 * @param request a digest of the request, to tell a repetition from another request
 * @param taskArns the tasks that the first call started
 * @param failures one for each task that the first call could not place
 * @param createdAt the first call; the token lives 24 hours, or an hour longer than its tasks
 */
public record RunTaskToken(
    String clusterArn,
    String token,
    String request,
    List<String> taskArns,
    List<Failure> failures,
    Instant createdAt) {
  /** Keyed by {@code clusterArn token}: tokens are a cluster's own. */
  public static final Kind<RunTaskToken> KIND =
      Kind.of("runTaskToken", RunTaskToken.class, row -> key(row.clusterArn(), row.token()));

  /** The key of a cluster's token. */
  public static String key(String clusterArn, String token) {
    return clusterArn + ' ' + token;
  }
}
