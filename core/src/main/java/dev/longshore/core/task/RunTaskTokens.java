package dev.longshore.core.task;

import dev.longshore.core.model.RunTaskToken;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.ConflictException;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.RunTaskRequest;
import dev.longshore.shapes.ecs.RunTaskResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Client tokens: a repeated RunTask gives what the first one gave, and starts nothing. */
final class RunTaskTokens {
  /** A token lives that long at most. */
  static final Duration LIFE = Duration.ofHours(24);

  private static final Pattern TOKEN = Pattern.compile("[!-~]{1,64}");

  private RunTaskTokens() {}

  static void check(String token) {
    if (!TOKEN.matcher(token).matches()) {
      throw new InvalidParameterException(
          "clientToken may have at most 64 printable ASCII characters.");
    }
  }

  /** The token of an earlier call that still lives, else null. */
  static @Nullable RunTaskToken living(View view, String clusterArn, String token, Instant now) {
    RunTaskToken found = view.find(RunTaskToken.KIND, RunTaskToken.key(clusterArn, token));
    return found == null || isOver(view, found, now) ? null : found;
  }

  /**
   * Whether a token is over: after a day, or when the last of its tasks is forgotten, which is an
   * hour after it stopped. A token without tasks lives for that hour alone.
   */
  static boolean isOver(View view, RunTaskToken token, Instant now) {
    boolean young = now.isBefore(token.createdAt().plus(TaskReconciler.KEPT));
    boolean old = !now.isBefore(token.createdAt().plus(LIFE));
    return old
        || (!young && token.taskArns().stream().allMatch(arn -> view.find(Task.KIND, arn) == null));
  }

  /**
   * The answer to a repeated call.
   *
   * @throws ConflictException the call asks for something else
   */
  static RunTaskResponse repeated(View view, RunTaskToken first, RunTaskRequest request) {
    if (!first.request().equals(digest(request))) {
      throw ConflictException.builder()
          .message("The client token was used before, with other parameters.")
          .resourceIds(first.taskArns())
          .build();
    }
    List<dev.longshore.shapes.ecs.Task> tasks = new ArrayList<>();
    for (String arn : first.taskArns()) {
      Task task = view.find(Task.KIND, arn);
      if (task != null) {
        tasks.add(task.isStopped() ? brief(task) : TaskAnswers.of(view, task, true));
      }
    }
    return new RunTaskResponse(tasks, first.failures());
  }

  /** Of a task that is over, a repeated call tells only that it is. */
  private static dev.longshore.shapes.ecs.Task brief(Task task) {
    return dev.longshore.shapes.ecs.Task.builder()
        .taskArn(task.arn())
        .lastStatus(task.lastStatus().name())
        .desiredStatus(task.desiredStatus())
        .build();
  }

  /** The same for the same parameters; a digest, since a million requests would not be small. */
  static String digest(RunTaskRequest request) {
    String text = CompactText.of(request.toBuilder().clientToken(null).cluster(null).build());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("Every Java platform has SHA-256.", missing);
    }
  }
}
