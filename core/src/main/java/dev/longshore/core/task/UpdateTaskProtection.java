package dev.longshore.core.task;

import dev.longshore.core.cluster.Clusters;
import dev.longshore.core.model.Cluster;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.ProtectedTask;
import dev.longshore.shapes.ecs.UpdateTaskProtectionRequest;
import dev.longshore.shapes.ecs.UpdateTaskProtectionResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Protects tasks of services from scale-in for a while, or ends that; each call starts anew. */
public final class UpdateTaskProtection
    implements Command<UpdateTaskProtectionRequest, UpdateTaskProtectionResponse> {
  private static final int MAX = 10;
  private static final int USUAL_MINUTES = 120;
  private static final int MAX_MINUTES = 2880;

  @Override
  public UpdateTaskProtectionResponse decide(
      Draft draft, UpdateTaskProtectionRequest request, Context context) {
    Cluster cluster = Clusters.find(draft, context, request.cluster());
    check(request);
    Instant until = until(request, context.now());
    List<ProtectedTask> changed = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (String idOrArn : new LinkedHashSet<>(request.tasks())) {
      Task task = Tasks.find(draft, context, cluster, idOrArn);
      if (task == null) {
        failures.add(Tasks.missing(context, cluster, idOrArn));
        continue;
      }
      Failure failure = TaskProtection.failure(task);
      if (failure != null) {
        failures.add(failure);
        continue;
      }
      Task updated = task.edit().protectedUntil(until).build();
      draft.put(Task.KIND, updated);
      changed.add(TaskProtection.of(updated, context.now()));
    }
    return new UpdateTaskProtectionResponse(changed, failures);
  }

  private static void check(UpdateTaskProtectionRequest request) {
    if (request.tasks().isEmpty()) {
      throw new InvalidParameterException("Tasks cannot be empty.");
    }
    if (request.tasks().size() > MAX) {
      throw new InvalidParameterException("At most 10 tasks may be specified in a single call.");
    }
    Integer minutes = request.expiresInMinutes();
    if (minutes != null && (minutes < 1 || minutes > MAX_MINUTES)) {
      throw new InvalidParameterException("expiresInMinutes must be between 1 and 2880.");
    }
  }

  private static @Nullable Instant until(UpdateTaskProtectionRequest request, Instant now) {
    Integer minutes = request.expiresInMinutes();
    return request.protectionEnabled()
        ? now.plus(Duration.ofMinutes(minutes == null ? USUAL_MINUTES : minutes))
        : null;
  }
}
