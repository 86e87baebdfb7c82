package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.Task;
import dev.longshore.core.state.View;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Evens out the tasks of a steady service over zones: as many as the maximum allows are started
 * where they lack; once all are healthy, as many go where there are too many.
 */
final class Evening {
  private final View view;
  private final Service service;
  private final Launch launch;
  private final ServiceEvents events;
  private final Problems problems;
  private final Instant now;

  Evening(
      View view,
      Service service,
      Launch launch,
      ServiceEvents events,
      Problems problems,
      Instant now) {
    this.view = view;
    this.service = service;
    this.launch = launch;
    this.events = events;
    this.problems = problems;
    this.now = now;
  }

  /**
   * Begins or goes on, where zones are uneven; else tells that they are even now.
   *
   * @param room so many more there may be
   */
  void start(int room) {
    Zones zones = zones(0);
    if (zones.counts().size() < 2 || zones.isEven()) {
      if (Rebalancing.isUnderWay(service)) {
        events.writeWhole(
            "service (" + service.name() + ") is AZ balanced with " + zones.told() + '.',
            ServiceAction.REBALANCING_COMPLETED);
      }
      return;
    }
    if (room == 0) {
      return;
    }
    problems.report(
        ServiceProblem.Kind.REBALANCING,
        zones.told(),
        () ->
            events.writeWhole(
                "service ("
                    + service.name()
                    + ") is not AZ balanced with "
                    + zones.told()
                    + ". AZ Rebalancing in progress.",
                Rebalancing.isUnderWay(service) ? null : ServiceAction.REBALANCING_STARTED));
    int movable = sources(zones).size();
    if (movable == 0) {
      problems.report(
          ServiceProblem.Kind.REBALANCING_PROTECTION,
          "",
          unable(service.primary().id()),
          ServiceAction.SCALE_IN_PREVENTED);
    }
    start(zones, Math.min(movable, Math.min(room, ServiceRound.AT_ONCE)));
  }

  static String unable(String deploymentId) {
    return "was unable to AZ Rebalance because task set ("
        + deploymentId
        + ") was unable to scale in due to The number of protected tasks are more than the desired"
        + " count of tasks.";
  }

  private void start(Zones zones, int most) {
    List<Task> started = new ArrayList<>();
    List<String> full = new ArrayList<>();
    for (String zone : zones.counts().keySet()) {
      int count = Math.min(-zones.excess(zone), most - started.size());
      if (count <= 0) {
        continue;
      }
      List<Task> there = launch.inZone(count, zone);
      started.addAll(there);
      if (there.size() < count) {
        full.add(zone);
      }
    }
    if (!full.isEmpty()) {
      String where = String.join(", ", full);
      problems.report(
          ServiceProblem.Kind.REBALANCING_PLACEMENT,
          where,
          "is unable to place a task in "
              + where
              + " because no container instance met all of its requirements.",
          ServiceAction.placementFailure("AZ", List.of()));
    }
    Rebalancing.tell(events, started, true);
  }

  /**
   * The tasks that may go, all of the deployment's being healthy.
   *
   * @param extra so many there are more than desired
   */
  List<Task> stop(int extra) {
    List<Task> chosen = sources(zones(extra));
    return chosen.subList(0, Math.min(extra, chosen.size()));
  }

  private List<Task> sources(Zones zones) {
    List<Task> sources = new ArrayList<>();
    Map<String, Integer> taken = new TreeMap<>();
    for (Task task : view.by(Task.WANTED_OF_DEPLOYMENT, service.primary().id())) {
      String zone = String.valueOf(task.availabilityZone());
      int before = taken.getOrDefault(zone, 0);
      if (before < zones.excess(zone) && !isProtected(task)) {
        taken.put(zone, before + 1);
        sources.add(task);
      }
    }
    return sources;
  }

  private boolean isProtected(Task task) {
    Instant until = task.protectedUntil();
    return until != null && until.isAfter(now);
  }

  private Zones zones(int extra) {
    SortedMap<String, Integer> counts = launch.zones();
    int sum = counts.values().stream().mapToInt(count -> count).sum();
    return Zones.of(counts, sum - extra);
  }
}
