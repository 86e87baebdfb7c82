package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ends a deleted service: all its tasks are stopped, protected ones too. */
final class Drain {
  private Drain() {}

  /** Goes on ending it; null: the next change of a task will tell. */
  static @Nullable Instant of(Draft draft, Service service, Context context) {
    List<Task> stopped = stopped(draft, service, context);
    ServiceEvents events = new ServiceEvents(draft, service, context);
    events.stopped(stopped);
    Service.Editor after = service.edit().eventCount(events.count());
    boolean ended = stopped.size() < ServiceRound.AT_ONCE && present(draft, service) == 0;
    draft.put(Service.KIND, (ended ? after.inactive(context.now()) : after).build());
    if (ended) {
      ServiceDeployments.forget(draft, service.arn());
      TaskSets.forget(draft, service);
    }
    return null;
  }

  private static List<Task> stopped(Draft draft, Service service, Context context) {
    List<Task> stopped = new ArrayList<>();
    for (String starter : starters(draft, service)) {
      for (Task task : draft.by(Task.WANTED_OF_DEPLOYMENT, starter)) {
        if (stopped.size() == ServiceRound.AT_ONCE) {
          return stopped;
        }
        stopped.add(Stops.scaled(draft, service, task, context.now()));
      }
    }
    return stopped;
  }

  private static int present(Draft draft, Service service) {
    int present = 0;
    for (String starter : starters(draft, service)) {
      present += draft.total(Task.COUNTS, starter).present();
    }
    return present;
  }

  /** The ids of all that has started tasks of the service. */
  private static List<String> starters(View view, Service service) {
    List<String> starters = new ArrayList<>();
    service.deployments().forEach(deployment -> starters.add(deployment.id()));
    TaskSets.of(view, service).forEach(taskSet -> starters.add(taskSet.id()));
    return starters;
  }
}
