package dev.longshore.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of one container instance. Each step takes an event and the time, edits the rows and
 * says what to do; it does nothing itself. Whoever turns it saves the rows a step touched before it
 * carries the step's effects out: so an acknowledgement means that the work is safe, and after a
 * crash the rows know of everything that may have been done.
 */
public final class TaskEngine {
  private final Settings settings;
  private final Entropy entropy;
  private final HostResources resources;
  private final Map<String, TaskRow> rows = new LinkedHashMap<>();

  /** Tasks that wait for resources, by order of arrival: the first one blocks the others. */
  private final TreeMap<Long, String> queue = new TreeMap<>();

  private InstanceRow instance;
  private @Nullable Duration evacuation;

  /**
   * @param instance what was saved, or {@link InstanceRow#fresh}
   * @param saved the rows as they were saved; after them the first event is {@link Event.Resumed}
   */
  public TaskEngine(
      Settings settings, Entropy entropy, InstanceRow instance, Collection<TaskRow> saved) {
    this.settings = settings;
    this.entropy = entropy;
    this.instance = instance;
    resources = new HostResources(settings);
    List<TaskRow> ordered = new ArrayList<>(saved);
    ordered.sort(Comparator.comparingLong(TaskRow::order));
    for (TaskRow row : ordered) {
      rows.put(row.arn(), row);
      if (row.admitted()) {
        resources.take(row.spec());
      } else if (row.known() != TaskStatus.STOPPED) {
        queue.put(row.order(), row.arn());
      }
    }
  }

  /**
   * What a step asks for.
   *
   * @param touched ARNs of the tasks whose rows have changed; one without a row was forgotten
   */
  public record Step(List<Effect> effects, List<String> touched) {}

  /** The tasks in the order of their arrival; a view that changes with the next step. */
  public Map<String, TaskRow> tasks() {
    return Collections.unmodifiableMap(rows);
  }

  public InstanceRow instance() {
    return instance;
  }

  /** When {@link Event.Woke} is due, if nothing happens before. */
  public Optional<Instant> wakeAt() {
    Instant earliest = null;
    for (TaskRow row : rows.values()) {
      earliest = Dependencies.earlier(earliest, row.wakeAt());
    }
    return Optional.ofNullable(earliest);
  }

  /** Whether every container and volume made here is gone again. */
  public boolean isEmptied() {
    return rows.values().stream()
        .allMatch(row ->
            row.known() == TaskStatus.STOPPED
                && row.containers().stream().allMatch(ContainerRow::removed)
                && row.volumes().stream()
                    .noneMatch(v -> v.removable() && (v.ready() || v.asked())));
  }

  public Step step(Event event, Instant now) {
    Turn turn = new Turn(settings, entropy, now, rows, instance);
    turn.evacuation = evacuation;
    apply(turn, event);
    evacuation = turn.evacuation;
    turn.drafts().forEach(task -> new TaskProgress(turn, task).advance());
    List<String> touched = new ArrayList<>();
    turn.drafts().forEach(task -> keep(turn, task, touched));
    admit(turn, touched);
    instance = turn.instance;
    return new Step(List.copyOf(turn.effects), List.copyOf(touched));
  }

  private void keep(Turn turn, TaskDraft task, List<String> touched) {
    boolean waiting = !task.admitted && task.known != TaskStatus.STOPPED;
    if (waiting) {
      queue.put(task.order, task.arn());
    } else {
      queue.remove(task.order);
    }
    if (task.admitted && task.known == TaskStatus.STOPPED) {
      task.admitted = false;
      resources.give(task.spec);
    }
    if (!touched.contains(task.arn())) {
      touched.add(task.arn());
    }
    if (task.forgotten) {
      rows.remove(task.arn());
    } else {
      rows.put(task.arn(), task.row(TaskProgress.wakeAt(turn, task)));
    }
  }

  /** Lets tasks in from the head of the queue for as long as there is room. */
  private void admit(Turn turn, List<String> touched) {
    while (!queue.isEmpty()) {
      TaskDraft head = turn.task(queue.firstEntry().getValue()).orElseThrow();
      if (!resources.fits(head.spec)) {
        return;
      }
      resources.take(head.spec);
      head.admitted = true;
      new TaskProgress(turn, head).advance();
      keep(turn, head, touched);
    }
  }

  private void apply(Turn turn, Event event) {
    Instructions instructions = new Instructions(turn);
    switch (event) {
      case Event.PayloadReceived payload -> instructions.payload(payload);
      case Event.ManifestReceived manifest -> instructions.manifest(manifest);
      case Event.StopsVerified verified -> instructions.verified(verified);
      case Event.CredentialsReceived credentials -> instructions.credentials(credentials);
      case Event.ReportSettled settled -> instructions.settled(settled);
      case Event.VolumeCreated(String arn, String name) -> volume(turn, arn, name, true);
      case Event.VolumeRemoved(String arn, String name) -> volume(turn, arn, name, false);
      case Event.VolumeFailed failed -> volumeFailed(turn, failed);
      case Event.SecretsFetched(String arn) -> secretsFetched(turn, arn);
      case Event.SecretsFailed(String arn, String reason) -> secretsFailed(turn, arn, reason);
      case Event.OnContainer onContainer -> observe(turn, onContainer);
      case Event.Woke woke -> woke(turn);
      case Event.Resumed resumed -> resumed(turn, resumed);
      case Event.Evacuated evacuated -> evacuated(turn, evacuated);
    }
  }

  private static void observe(Turn turn, Event.OnContainer event) {
    TaskDraft task = turn.task(event.taskArn()).orElse(null);
    ContainerDraft container = task == null ? null : task.container(event.container()).orElse(null);
    if (task == null || container == null) {
      // The task was cleaned up while its last news were on their way.
      return;
    }
    Observations observations = new Observations(turn);
    switch (event) {
      case Event.ManifestResolved resolved ->
          observations.manifestResolved(task, container, resolved);
      case Event.ImagePulled pulled -> observations.imagePulled(task, container, pulled);
      case Event.ContainerCreated created -> observations.created(container, created.dockerId());
      case Event.StepFailed failed -> observations.stepFailed(task, container, failed);
      case Event.Observed observed -> observations.observe(task, container, observed.view());
      case Event.Died died -> observations.died(task, container, died);
      case Event.ContainerStarted started -> observations.started(task, container, started.view());
      case Event.Vanished vanished -> observations.vanished(task, container);
      case Event.StopFailed failed -> observations.stopFailed(container);
      case Event.ContainerRemoved removed -> observations.removed(container);
      case Event.RemoveFailed failed -> observations.removeFailed(container);
    }
  }

  private static void volume(Turn turn, String taskArn, String name, boolean ready) {
    turn.task(taskArn)
        .ifPresent(task ->
            task.volumes.replaceAll(
                row -> row.spec().name().equals(name) ? row.withReady(ready) : row));
  }

  private static void volumeFailed(Turn turn, Event.VolumeFailed failed) {
    volume(turn, failed.taskArn(), failed.volume(), false);
    turn.task(failed.taskArn())
        .filter(task -> task.known != TaskStatus.STOPPED)
        .ifPresent(task -> {
          task.reason = Reasons.resource(task.arn(), failed.reason());
          task.desired = DesiredStatus.STOPPED;
        });
  }

  private static void secretsFetched(Turn turn, String taskArn) {
    TaskDraft task = turn.task(taskArn).orElse(null);
    if (task == null || task.secrets != SecretsState.ASKED) {
      // Nobody waits for them any more.
      turn.effects.add(new Effect.DropSecrets(taskArn));
      return;
    }
    task.secrets = SecretsState.READY;
  }

  private static void secretsFailed(Turn turn, String taskArn, String reason) {
    turn.task(taskArn)
        .filter(task -> task.secrets == SecretsState.ASKED && task.known != TaskStatus.STOPPED)
        .ifPresent(task -> {
          task.reason = reason;
          task.desired = DesiredStatus.STOPPED;
        });
  }

  private void woke(Turn turn) {
    for (TaskRow row : rows.values()) {
      if (turn.due(row.wakeAt())) {
        turn.task(row.arn());
      }
    }
  }

  private void resumed(Turn turn, Event.Resumed resumed) {
    Set<ContainerDraft> starting = new LinkedHashSet<>();
    for (String arn : turn.arns()) {
      TaskDraft task = turn.task(arn).orElseThrow();
      task.sending = false;
      if (task.secrets != SecretsState.DROPPED) {
        task.secrets = SecretsState.MISSING;
      }
      task.volumes.replaceAll(row -> row.withAsked(false));
      task.containers.stream().filter(each -> each.work == Work.START).forEach(starting::add);
      task.containers.forEach(container -> container.work = Work.NONE);
    }
    Observations observations = new Observations(turn);
    for (Event.Found found : resumed.found()) {
      TaskDraft task = turn.task(found.taskArn()).orElse(null);
      ContainerDraft container =
          task == null ? null : task.container(found.container()).orElse(null);
      if (task == null || container == null) {
        continue;
      }
      if (found.view() == null) {
        observations.vanished(task, container);
      } else {
        observations.observe(task, container, found.view());
      }
    }
    turn.drafts().forEach(task -> startAgain(turn, task, starting));
    turn.instance.answers().forEach(answer -> turn.effects.add(new Effect.SubmitState(answer)));
  }

  /**
   * A start that the agent asked for before it died may still come through, even where the
   * container is wanted stopped by now. The engine does one thing after the other to a container,
   * so once it has answered a second start the first one is over, and a stop is sure to hold.
   */
  private static void startAgain(Turn turn, TaskDraft task, Set<ContainerDraft> starting) {
    for (ContainerDraft container : task.containers) {
      ContainerView view = container.view;
      if (starting.contains(container)
          && !container.stopped()
          && (view == null || !view.running())) {
        new TaskProgress(turn, task).start(container);
      }
    }
  }

  private static void evacuated(Turn turn, Event.Evacuated evacuated) {
    turn.evacuation = evacuated.stopTimeout();
    for (String arn : turn.arns()) {
      TaskDraft task = turn.task(arn).orElseThrow();
      task.desired = DesiredStatus.STOPPED;
      for (ContainerDraft container : task.containers) {
        if (container.work == Work.STOP) {
          // Asked for again, with less patience.
          container.work = Work.NONE;
        }
      }
    }
  }
}
