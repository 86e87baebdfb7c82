package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.TaskSet;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One look at all task sets of one active service, each on its own. */
final class TaskSetRounds {
  private final Draft draft;
  private final Service service;
  private final ServiceSettings settings;
  private final Context context;

  TaskSetRounds(Draft draft, Service service, ServiceSettings settings, Context context) {
    this.draft = draft;
    this.service = service;
    this.settings = settings;
    this.context = context;
  }

  /** Looks and acts; returns when to look again even if nothing changes, null for never. */
  @Nullable Instant run() {
    Instant wakeAt = null;
    Service after = service;
    List<ServiceProblem> problems = new ArrayList<>();
    for (TaskSet taskSet : TaskSets.of(draft, service)) {
      TaskSetRound round = new TaskSetRound(draft, after, taskSet, settings, context);
      Instant time = round.run();
      wakeAt = wakeAt == null || (time != null && time.isBefore(wakeAt)) ? time : wakeAt;
      after = after.edit().eventCount(round.eventCount()).build();
      problems.addAll(round.problems());
    }
    // The service's own list lets whoever finds room know that a task set of it waits for some.
    draft.put(Service.KIND, after.edit().problems(List.copyOf(problems)).build());
    return wakeAt;
  }
}
