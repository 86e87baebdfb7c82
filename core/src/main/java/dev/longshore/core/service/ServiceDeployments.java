package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.ServiceRevision;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Ids;
import dev.longshore.core.state.Draft;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import dev.longshore.shapes.ecs.ServiceDeploymentRollbackMonitorsStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Keeps the history of a service's deployments: begins, ends and forgets them. */
final class ServiceDeployments {
  /** So long a finished deployment is shown. */
  static final Duration KEPT = Duration.ofDays(90);

  /** More than so many are not kept, however young. */
  static final int MOST = 200;

  static final String SUPERSEDED =
      "Service deployment stopped because a newer service deployment was started.";
  static final String DELETED = "Service deployment stopped because the service was deleted.";

  /** In the order of the characters' codes, so that ids sort as their numbers do. */
  private static final String DIGITS =
      "-0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";

  private static final int BITS = 6;
  private static final int SORTED_DIGITS = 5;
  private static final int CHANCE_DIGITS = 16;
  private static final int CHANCE_DIGITS_A_DRAW = 8;

  private ServiceDeployments() {}

  /** The newest deployment; null for a service that has none, because it is deleted. */
  static @Nullable ServiceDeployment current(View view, Service service) {
    String arn = service.currentServiceDeployment();
    return arn == null ? null : view.find(ServiceDeployment.KIND, arn);
  }

  /**
   * Begins a service's next deployment, to its newest revision.
   *
   * @param service with its deployments as they will be
   * @param sources the deployments that it had before
   * @return the service as it is now
   */
  static Service begin(Draft draft, Service service, List<Deployment> sources, Context context) {
    forgetOld(draft, service, context.now());
    long number = 0;
    for (ServiceDeployment newest : draft.by(ServiceDeployment.BY_SERVICE, service.arn())) {
      number = newest.number() + 1;
      break;
    }
    List<String> revisions = new ArrayList<>();
    int active = 0;
    for (Deployment source : sources) {
      revisions.add(ServiceRevision.arnOf(service.arn(), source.id()));
      active += draft.total(Task.COUNTS, source.id()).live() > 0 ? 1 : 0;
    }
    String arn =
        service.arn().replaceFirst(":service/", ":service-deployment/")
            + '/'
            + id(number, context.ids());
    ServiceDeployment row =
        ServiceDeployment.pending(
            arn,
            service,
            number,
            List.copyOf(revisions),
            ServiceRevision.arnOf(service.arn(), service.primary().id()),
            configuration(service),
            Alarms.ringing(draft, configuration(service)),
            Stages.begun(configuration(service), active, context),
            context.now());
    draft.put(ServiceDeployment.KIND, row);
    return service.edit().currentServiceDeployment(arn).build();
  }

  static DeploymentConfiguration configuration(Service service) {
    return Objects.requireNonNull(service.specification().deploymentConfiguration());
  }

  /** The higher the number, the smaller the id; its end cannot be guessed. */
  static String id(long number, Ids ids) {
    long sorted = (1L << (BITS * SORTED_DIGITS)) - 1 - number;
    StringBuilder id = new StringBuilder(digits(sorted, SORTED_DIGITS));
    while (id.length() < SORTED_DIGITS + CHANCE_DIGITS) {
      id.append(digits(ids.bits(), CHANCE_DIGITS_A_DRAW));
    }
    return id.toString();
  }

  private static String digits(long number, int count) {
    StringBuilder digits = new StringBuilder();
    for (int at = count - 1; at >= 0; at--) {
      digits.append(DIGITS.charAt((int) (number >>> (BITS * at)) & (DIGITS.length() - 1)));
    }
    return digits.toString();
  }

  /** Ends the running deployment, if any, because something else takes its place. */
  static void supersede(Draft draft, Service service, String reason, Instant now) {
    ServiceDeployment row = current(draft, service);
    if (row == null || row.status().isFinal()) {
      return;
    }
    boolean back = row.status() == DeploymentStatus.ROLLBACK_IN_PROGRESS;
    finish(
        draft,
        service,
        row,
        row.edit()
            .moved(
                back ? DeploymentStatus.ROLLBACK_FAILED : DeploymentStatus.STOPPED, reason, now));
  }

  /**
   * The running deployment has all its tasks and no others.
   *
   * @return null once it reached what it was to reach; else until when it is still watched
   */
  static @Nullable Instant settle(Draft draft, Service service, Instant now) {
    ServiceDeployment row = current(draft, service);
    if (row == null || row.status().isFinal()) {
      return null;
    }
    boolean back = row.status() == DeploymentStatus.ROLLBACK_IN_PROGRESS;
    Instant told = back ? Stages.told(row, now) : null;
    if (told != null) {
      return told;
    }
    Duration bakeTime =
        back || row.stages() != null ? Duration.ZERO : Alarms.bakeTime(row.configuration());
    if (!bakeTime.isZero()) {
      Instant since = Objects.requireNonNullElse(row.bakingSince(), now);
      if (row.bakingSince() == null) {
        draft.put(ServiceDeployment.KIND, row.edit().bakingSince(now).build());
      }
      if (since.plus(bakeTime).isAfter(now)) {
        return since.plus(bakeTime);
      }
    }
    DeploymentStatus next =
        back ? DeploymentStatus.ROLLBACK_SUCCESSFUL : DeploymentStatus.SUCCESSFUL;
    ServiceDeployment.Editor after = row.edit().moved(next, row.statusReason(), now);
    if (row.stages() != null) {
      after.stages(row.stages().at(now));
    }
    finish(draft, service, row, after);
    return null;
  }

  private static void finish(
      Draft draft, Service service, ServiceDeployment before, ServiceDeployment.Editor row) {
    if (before.circuitBreaker() == null) {
      row.circuitBreaker(
          CircuitBreaker.of(configuration(service))
              .shown(service, ServiceDeploymentRollbackMonitorsStatus.MONITORING_COMPLETE));
    }
    draft.put(ServiceDeployment.KIND, row.build());
  }

  /** Lets the running deployment go on under the service's configuration as it is now. */
  static void reconfigure(Draft draft, Service service) {
    ServiceDeployment row = current(draft, service);
    if (row != null && !row.status().isFinal()) {
      draft.put(ServiceDeployment.KIND, row.edit().configuration(configuration(service)).build());
    }
  }

  /** Whether a row is still to be shown. */
  static boolean isShown(ServiceDeployment row, Instant now) {
    return row.finishedAt() == null || row.finishedAt().plus(KEPT).isAfter(now);
  }

  private static void forgetOld(Draft draft, Service service, Instant now) {
    List<ServiceDeployment> old = new ArrayList<>();
    Set<String> needed = new LinkedHashSet<>();
    for (Deployment deployment : service.deployments()) {
      needed.add(ServiceRevision.arnOf(service.arn(), deployment.id()));
    }
    int kept = 1;
    for (ServiceDeployment row : draft.by(ServiceDeployment.BY_SERVICE, service.arn())) {
      if (kept < MOST && isShown(row, now)) {
        kept++;
        needed.add(row.targetRevisionArn());
        needed.addAll(row.sourceRevisionArns());
      } else {
        old.add(row);
      }
    }
    if (old.isEmpty()) {
      return;
    }
    old.forEach(row -> draft.remove(ServiceDeployment.KIND, row.arn()));
    List<ServiceRevision> revisions = new ArrayList<>();
    draft.by(ServiceRevision.BY_SERVICE, service.arn()).forEach(revisions::add);
    for (ServiceRevision revision : revisions) {
      if (!needed.contains(revision.arn())) {
        draft.remove(ServiceRevision.KIND, revision.arn());
      }
    }
  }

  /** Removes all deployments and revisions of a service. */
  static void forget(Draft draft, String serviceArn) {
    for (ServiceDeployment row : draft.by(ServiceDeployment.BY_SERVICE, serviceArn)) {
      draft.remove(ServiceDeployment.KIND, row.arn());
    }
    for (ServiceRevision row : draft.by(ServiceRevision.BY_SERVICE, serviceArn)) {
      draft.remove(ServiceRevision.KIND, row.arn());
    }
  }
}
