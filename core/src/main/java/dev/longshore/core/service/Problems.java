package dev.longshore.core.service;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceProblem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The problems found in one look at a service, announced unless they were before. A problem that is
 * not found again is over; if it comes back it is a new one.
 */
final class Problems {
  /** After that time an event is repeated although nothing changed. */
  static final Duration REMINDER = Duration.ofHours(6);

  private static final Duration SHORTEST_RETRY = Duration.ofSeconds(1);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(15);

  private final Service service;
  private final ServiceEvents events;
  private final Instant now;
  private final List<ServiceProblem> found = new ArrayList<>();

  Problems(Service service, ServiceEvents events, Instant now) {
    this.service = service;
    this.events = events;
    this.now = now;
  }

  /**
   * Reports a problem, once per kind.
   *
   * @param cause tells problems of a kind apart, where the text would differ each time
   * @param text the event's
   */
  void report(ServiceProblem.Kind kind, String cause, String text) {
    report(kind, cause, text, null);
  }

  /** As {@link #report(ServiceProblem.Kind, String, String)}, for programs too. */
  void report(ServiceProblem.Kind kind, String cause, String text, @Nullable ServiceAction action) {
    report(kind, cause, () -> events.write(text, action));
  }

  /** As {@link #report(ServiceProblem.Kind, String, String)}, told in other ways. */
  void report(ServiceProblem.Kind kind, String cause, Runnable telling) {
    ServiceProblem before = before(kind);
    Instant since = before == null ? now : before.since();
    if (before != null && before.cause().equals(cause) && !isDue(before)) {
      found.add(before);
      return;
    }
    telling.run();
    found.add(new ServiceProblem(kind, cause, since, now));
  }

  /** A problem that there was still is, as it was. */
  void keep(ServiceProblem.Kind kind) {
    ServiceProblem before = before(kind);
    if (before != null) {
      found.add(before);
    }
  }

  private boolean isDue(ServiceProblem problem) {
    return !problem.announcedAt().plus(REMINDER).isAfter(now);
  }

  private @Nullable ServiceProblem before(ServiceProblem.Kind kind) {
    for (ServiceProblem problem : service.problems()) {
      if (problem.kind() == kind) {
        return problem;
      }
    }
    return null;
  }

  List<ServiceProblem> found() {
    return List.copyOf(found);
  }

  /** When to look again: soon after a problem arose, ever more rarely the longer it lasts. */
  @Nullable Instant lookAgainAt() {
    Instant first = null;
    for (ServiceProblem problem : found) {
      Instant time = problem.announcedAt().plus(REMINDER);
      if (problem.kind() == ServiceProblem.Kind.PLACEMENT
          || problem.kind() == ServiceProblem.Kind.DEFINITION) {
        time = now.plus(delay(problem));
      }
      first = first == null || time.isBefore(first) ? time : first;
    }
    return first;
  }

  private Duration delay(ServiceProblem problem) {
    Duration lasted = Duration.between(problem.since(), now);
    if (lasted.compareTo(SHORTEST_RETRY) < 0) {
      return SHORTEST_RETRY;
    }
    return lasted.compareTo(LONGEST_RETRY) > 0 ? LONGEST_RETRY : lasted;
  }
}
