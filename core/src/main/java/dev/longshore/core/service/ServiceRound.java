package dev.longshore.core.service;

import dev.longshore.core.model.Deployment;
import dev.longshore.core.model.DeploymentStatus;
import dev.longshore.core.model.LifecycleStage;
import dev.longshore.core.model.Service;
import dev.longshore.core.model.ServiceAction;
import dev.longshore.core.model.ServiceDeployment;
import dev.longshore.core.model.ServiceProblem;
import dev.longshore.core.model.Task;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.DeploymentConfiguration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One look at one active service: what is missing is started, what is too much is stopped. */
final class ServiceRound {
  /** So many tasks are started or stopped in one round; those changes call for the next one. */
  static final int AT_ONCE = 500;

  /** How often a service that rests is asked whether its tasks are spread evenly over zones. */
  private static final Duration EVEN_AGAIN = Duration.ofMinutes(5);

  private final Draft draft;
  private final Service service;
  private final ServiceSettings settings;
  private final Context context;
  private final Instant now;
  private final Health health;
  private final @Nullable Daemon daemon;
  private final Muster muster;
  private final HealthyBounds bounds;
  private final Rollout rollout;
  private final Traffic traffic;
  private final @Nullable ServiceDeployment staged;
  private final ServiceEvents events;
  private final Problems problems;
  private Deployment primary;
  private @Nullable Deployment fallback;
  private @Nullable Instant steadyAt;
  private @Nullable Instant wakeAt;

  ServiceRound(
      Draft draft, Service service, ServiceSettings settings, Traffic traffic, Context context) {
    this.traffic = traffic;
    this.draft = draft;
    this.service = service;
    this.settings = settings;
    this.context = context;
    now = context.now();
    health = new Health(now, settings.settling(), grace(service));
    daemon = service.isDaemon() ? new Daemon(draft, service) : null;
    muster = daemon == null ? Muster.of(draft, service, health) : daemon.muster(health);
    bounds = bounds(service, daemon == null ? service.desiredCount() : daemon.desired());
    primary = Attempts.accounted(service.primary(), muster.newest(), now, settings, resets());
    fallback = accounted(service.fallback());
    staged = staged(ServiceDeployments.current(draft, service));
    rollout = staged == null ? rolling() : staging(staged);
    events = new ServiceEvents(draft, service, context);
    problems = new Problems(service, events, now);
    steadyAt = service.steadyAt();
  }

  /** The deployment that is under way and shifts traffic; null: it just replaces tasks. */
  private static @Nullable ServiceDeployment staged(@Nullable ServiceDeployment current) {
    return current != null
            && current.status() == DeploymentStatus.IN_PROGRESS
            && current.stages() != null
        ? current
        : null;
  }

  private Rollout rolling() {
    return Rollout.of(
        bounds,
        muster.live(),
        muster.kept(),
        muster.replaced(),
        muster.reserve(),
        footing(primary));
  }

  private Rollout staging(ServiceDeployment deployment) {
    return Rollout.staged(
        bounds, muster.kept(), muster.replaced(), muster.reserve(), stage(deployment));
  }

  private static LifecycleStage stage(ServiceDeployment deployment) {
    return Objects.requireNonNull(deployment.stages()).stage();
  }

  private @Nullable Deployment accounted(@Nullable Deployment deployment) {
    return deployment == null
        ? null
        : Attempts.accounted(
            deployment, draft.total(Task.COUNTS, deployment.id()), now, settings, true);
  }

  private boolean resets() {
    return CircuitBreaker.of(ServiceDeployments.configuration(service)).resets();
  }

  private Rollout.Footing footing(Deployment deployment) {
    if (deployment.hasFailed()) {
      return Rollout.Footing.FAILED;
    }
    return Attempts.isPausing(deployment, now) ? Rollout.Footing.PAUSING : Rollout.Footing.OPEN;
  }

  private static Duration grace(Service service) {
    Integer seconds = service.specification().healthCheckGracePeriodSeconds();
    return seconds == null ? Duration.ZERO : Duration.ofSeconds(seconds);
  }

  private static HealthyBounds bounds(Service service, int desired) {
    DeploymentConfiguration configuration =
        Objects.requireNonNull(service.specification().deploymentConfiguration());
    return HealthyBounds.of(
        desired,
        Objects.requireNonNull(configuration.minimumHealthyPercent()),
        Objects.requireNonNull(configuration.maximumPercent()));
  }

  /** Looks and acts; returns when to look again even if nothing changes, null for never. */
  @Nullable Instant run() {
    Revisions.resolve(draft, service);
    start();
    startReserve();
    List<Task> stopped = new ArrayList<>(stopUnhealthy());
    Victims victims = new Victims(draft, service, muster, health, now);
    stopped.addAll(stop(misplaced(victims)));
    int spare = muster.kept().healthy() + muster.replaced().healthy() - bounds.least();
    boolean sparing = staged != null && stage(staged) != LifecycleStage.CLEAN_UP;
    List<Task> replaced =
        victims.replaced(
            Math.min(rollout.stopReplaced(), AT_ONCE),
            staged == null ? spare : Integer.MAX_VALUE / 2,
            sparing ? fallback : null,
            daemon);
    stopped.addAll(stop(replaced));
    if (fallback != null) {
      fallback = fallback.replaced(victims.replacedOf(fallback, replaced));
    }
    List<Task> relocated = relocated(victims, replaced, spare, sparing);
    stopped.addAll(stop(relocated));
    if (isEvening()) {
      stopEvened();
    } else {
      int gone = victims.healthy(replaced) + victims.healthy(relocated);
      stopped.addAll(stop(surplus(victims, spare - gone)));
    }
    events.stopped(stopped);
    wakeAt(victims.protectedUntil());
    reportStandstill();
    advance();
    conclude();
    even();
    draft.put(Service.KIND, after());
    wakeAt(health.changesAt());
    wakeAt(problems.lookAgainAt());
    return wakeAt;
  }

  private void start() {
    if (primary.starts().failedAttempts() >= Attempts.WORTH_AN_EVENT) {
      problems.report(
          ServiceProblem.Kind.FAILING_TASKS,
          "",
          "is unable to consistently start tasks successfully.",
          ServiceAction.START_IMPAIRED);
    }
    if (Attempts.isPausing(primary, now)) {
      wakeAt(primary.starts().retryAt());
      return;
    }
    if (rollout.start() == 0) {
      return;
    }
    launch(primary, Math.min(rollout.start(), AT_ONCE));
  }

  private void launch(Deployment deployment, int count) {
    Launch launch = new Launch(draft, service, deployment, events, problems, context);
    if (daemon == null) {
      launch.anywhere(count);
    } else {
      launch.onPosts(count, daemon);
    }
  }

  /** What a daemon's tasks are stopped for besides deployments: where they are. */
  private List<Task> misplaced(Victims victims) {
    if (daemon == null) {
      return List.of();
    }
    List<Task> all = daemon.misplaced(events, victims);
    return all.subList(0, Math.min(all.size(), AT_ONCE));
  }

  /** What the older, completed deployment lost while the newest has nothing to put in its place. */
  private void startReserve() {
    if (fallback == null || rollout.startReserve() == 0) {
      return;
    }
    if (Attempts.isPausing(fallback, now)) {
      wakeAt(fallback.starts().retryAt());
      return;
    }
    launch(fallback, Math.min(rollout.startReserve(), AT_ONCE));
  }

  private List<Task> stopUnhealthy() {
    List<Task> stopped = new ArrayList<>();
    // Each task of a daemon is the only one of its instance: none makes up for another.
    int count = daemon == null ? rollout.stopUnhealthy() : muster.kept().unhealthy();
    if (count == 0) {
      return stopped;
    }
    for (Task task : draft.by(Task.UNHEALTHY_OF_DEPLOYMENT, primary.id())) {
      if (stopped.size() == Math.min(count, AT_ONCE)) {
        break;
      }
      if (health.isUnhealthy(task) && !muster.leaving().contains(task)) {
        stopped.add(Stops.unhealthy(draft, task, events, now));
      }
    }
    primary = Attempts.unhealthy(primary, stopped.size(), muster.newest());
    return stopped;
  }

  /**
   * The tasks that go because fewer are desired.
   *
   * @param spare so many healthy ones may go
   */
  private List<Task> surplus(Victims victims, int spare) {
    int count = Math.min(rollout.stopSurplus(), AT_ONCE);
    if (count == 0) {
      return List.of();
    }
    List<Task> chosen = victims.surplus(count, spare, context.ids()::below);
    if (chosen.size() < count) {
      problems.report(
          ServiceProblem.Kind.PROTECTION,
          primary.id(),
          "was unable to reach steady state because task set ("
              + primary.id()
              + ") was unable to scale in. Reason: The number of protected tasks are more than"
              + " the desired count of tasks",
          ServiceAction.SCALE_IN_PREVENTED);
    }
    return chosen;
  }

  private List<Task> stop(List<Task> chosen) {
    List<Task> stopped = new ArrayList<>();
    for (Task task : chosen) {
      stopped.add(Stops.scaled(draft, service, task, now));
    }
    return stopped;
  }

  /**
   * Where nothing takes the place of older tasks, because the newest deployment failed or traffic
   * still goes to them, they yet have to leave draining instances: others of their own revision
   * come for them.
   *
   * @param chosen what goes already
   */
  private List<Task> relocated(Victims victims, List<Task> chosen, int spare, boolean sparing) {
    List<Task> tasks = new ArrayList<>();
    if (primary.hasFailed() || sparing) {
      tasks.addAll(muster.stranded());
    }
    if (primary.hasFailed()) {
      tasks.addAll(muster.leaving());
    }
    tasks.removeAll(chosen);
    // Traffic goes to the older tasks alone.
    int others = sparing ? muster.kept().healthy() : 0;
    return tasks.isEmpty()
        ? tasks
        : victims.relocated(tasks, spare - others - victims.healthy(chosen));
  }

  /** Whether tasks beyond the desired ones are there to take the place of others. */
  private boolean isEvening() {
    return daemon == null
        && staged == null
        && primary.isCompleted()
        && Rebalancing.isUnderWay(service)
        && Rebalancing.isWanted(service);
  }

  private Evening evening() {
    Launch launch = new Launch(draft, service, primary, events, problems, context);
    return new Evening(draft, service, launch, events, problems, now);
  }

  private void stopEvened() {
    int extra = muster.kept().wanted() - bounds.desired();
    if (extra <= 0 || muster.kept().healthy() < muster.kept().wanted()) {
      return;
    }
    List<Task> stopped = new ArrayList<>();
    for (Task task : evening().stop(extra)) {
      stopped.add(Stops.rebalanced(draft, service, task, now));
    }
    if (stopped.isEmpty()) {
      problems.report(
          ServiceProblem.Kind.REBALANCING_PROTECTION,
          "",
          Evening.unable(primary.id()),
          ServiceAction.SCALE_IN_PREVENTED);
    }
    Rebalancing.tell(events, stopped, false);
  }

  /** Begins to even out zones where nothing else is to be done; goes on telling of it. */
  private void even() {
    boolean steady =
        steadyAt != null
            && primary.isCompleted()
            && daemon == null
            && !Attempts.isPausing(primary, now);
    if (steady && Rebalancing.isWanted(service)) {
      evening().start(bounds.most() - muster.live());
      wakeAt(now.plus(EVEN_AGAIN));
    } else if (isEvening()) {
      problems.keep(ServiceProblem.Kind.REBALANCING);
    }
  }

  private void reportStandstill() {
    if (rollout.blocked()) {
      problems.report(
          ServiceProblem.Kind.CONFIGURATION,
          "",
          "was unable to stop or start tasks during a deployment because of the service deployment"
              + " configuration. Update the minimumHealthyPercent or maximumPercent value and try"
              + " again.");
    }
  }

  /** Goes on to the next stages; what they ask of tasks is the next round's. */
  private void advance() {
    if (staged == null || primary.isCompleted()) {
      return;
    }
    Rollout.Reserve reserve = muster.reserve();
    boolean reconciled =
        reserve.wanted() >= reserve.desired()
            && reserve.starting() == 0
            && muster.replaced().wanted() == reserve.wanted();
    boolean scaledUp = muster.kept().healthy() >= bounds.desired() && rollout.start() == 0;
    wakeAt(new Stages(draft, service, staged, traffic, context).advance(reconciled, scaledUp));
  }

  /** Tells the end of a deployment and the steady state, and reminds of the latter. */
  private void conclude() {
    boolean between = staged != null && stage(staged) != LifecycleStage.CLEAN_UP;
    boolean steady = !between && muster.isSteady(bounds.desired());
    if (!primary.isCompleted() && (steady || isEnough()) && !isSettled()) {
      steadyAt = null;
      return;
    }
    if (!steady) {
      steadyAt = null;
      return;
    }
    if (steadyAt == null || !steadyAt.plus(Problems.REMINDER).isAfter(now)) {
      steadyAt = now;
      events.write("has reached a steady state.", ServiceAction.STEADY_STATE);
    }
    wakeAt(steadyAt.plus(Problems.REMINDER));
  }

  /** Whether the running deployment was to be complete with fewer tasks than are desired. */
  private boolean isEnough() {
    ServiceDeployment current = ServiceDeployments.current(draft, service);
    EarlySuccess criteria =
        current == null || current.status() != DeploymentStatus.IN_PROGRESS
            ? null
            : EarlySuccess.of(current.configuration());
    int others = muster.live() - muster.newest().live();
    return criteria != null && criteria.isMet(bounds.desired(), muster.kept().healthy(), others);
  }

  /** Ends the running deployment, unless it is still watched. */
  private boolean isSettled() {
    Instant watchedUntil = ServiceDeployments.settle(draft, service, now);
    if (watchedUntil != null) {
      wakeAt(watchedUntil);
      return false;
    }
    primary = primary.completed(now);
    events.write("(deployment " + primary.id() + ") deployment completed.");
    return true;
  }

  private Service after() {
    List<Deployment> deployments = new ArrayList<>();
    deployments.add(primary);
    for (Deployment older : service.older()) {
      Deployment now = fallback != null && fallback.id().equals(older.id()) ? fallback : older;
      boolean kept = now.isCompleted() && !primary.isCompleted();
      if (kept || draft.total(Task.COUNTS, older.id()).live() > 0) {
        deployments.add(now);
      }
    }
    return service
        .edit()
        .desiredCount(bounds.desired())
        .deployments(List.copyOf(deployments))
        .eventCount(events.count())
        .steadyAt(steadyAt)
        .problems(problems.found())
        .build();
  }

  private void wakeAt(@Nullable Instant time) {
    if (time != null && (wakeAt == null || time.isBefore(wakeAt))) {
      wakeAt = time;
    }
  }
}
