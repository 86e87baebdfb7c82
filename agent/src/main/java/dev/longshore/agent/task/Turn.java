package dev.longshore.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One step of the engine while it is being taken: rows under edit, effects so far. */
final class Turn {
  final Settings settings;
  final Entropy entropy;
  final Instant now;
  final List<Effect> effects = new ArrayList<>();
  private final Map<String, TaskRow> rows;
  private final Map<String, TaskDraft> drafts = new LinkedHashMap<>();
  InstanceRow instance;

  /** How long containers get to stop while the agent goes and takes everything along. */
  @Nullable Duration evacuation;

  Turn(
      Settings settings,
      Entropy entropy,
      Instant now,
      Map<String, TaskRow> rows,
      InstanceRow instance) {
    this.settings = settings;
    this.entropy = entropy;
    this.now = now;
    this.rows = rows;
    this.instance = instance;
  }

  /** The task, open for editing. */
  Optional<TaskDraft> task(String arn) {
    TaskDraft draft = drafts.get(arn);
    if (draft == null && rows.containsKey(arn)) {
      draft = new TaskDraft(rows.get(arn));
      drafts.put(arn, draft);
    }
    return Optional.ofNullable(draft);
  }

  void add(TaskDraft task) {
    drafts.put(task.arn(), task);
  }

  Collection<TaskDraft> drafts() {
    return drafts.values();
  }

  List<String> arns() {
    return List.copyOf(rows.keySet());
  }

  /** Host ports that containers of this instance hold, of tasks under edit and of the others. */
  List<NetworkBinding> heldPorts() {
    List<NetworkBinding> held = new ArrayList<>();
    for (TaskDraft draft : drafts.values()) {
      draft.containers.stream().filter(c -> !c.stopped()).forEach(c -> held.addAll(c.bindings));
    }
    for (TaskRow row : rows.values()) {
      if (!drafts.containsKey(row.arn())) {
        row.containers().stream()
            .filter(c -> c.known() != ContainerStatus.STOPPED)
            .forEach(c -> held.addAll(c.bindings()));
      }
    }
    return held;
  }

  boolean due(@Nullable Instant time) {
    return time != null && !now.isBefore(time);
  }
}
