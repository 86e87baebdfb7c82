package dev.longshore.agent.task;

import dev.longshore.agent.task.Event.ManifestTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the control plane says, taken into the rows. */
final class Instructions {
  /** Answers about tasks the agent does not hold; the oldest give way to newer ones. */
  private static final int MOST_ANSWERS = 256;

  private final Turn turn;

  Instructions(Turn turn) {
    this.turn = turn;
  }

  void payload(Event.PayloadReceived payload) {
    if (turn.evacuation != null) {
      // Not acknowledged, so it comes again to whoever this instance is next time.
      return;
    }
    turn.instance = turn.instance.withWatermark(payload.sequence());
    boolean whole = true;
    for (DesiredStatus first : List.of(DesiredStatus.STOPPED, DesiredStatus.RUNNING)) {
      for (ReceivedTask received : payload.tasks()) {
        switch (received) {
          case ReceivedTask.Malformed(String arn, String detail) -> {
            whole = false;
            if (first == DesiredStatus.STOPPED) {
              answer(arn, Reasons.malformed(detail));
            }
          }
          case ReceivedTask.Accepted accepted -> {
            if (accepted.desired() == first) {
              accept(payload.messageId(), accepted);
            }
          }
        }
      }
    }
    if (whole) {
      turn.effects.add(
          new Effect.Acknowledge(
              payload.messageId(), payload.cluster(), payload.containerInstance()));
    }
  }

  private void accept(String messageId, ReceivedTask.Accepted accepted) {
    TaskSpec spec = accepted.spec();
    Optional<TaskDraft> known = turn.task(spec.arn());
    for (RoleCredentials credentials : accepted.credentials()) {
      if (known.isEmpty() || known.get().known != TaskStatus.STOPPED) {
        turn.effects.add(new Effect.StoreCredentials(spec.arn(), credentials));
      }
      turn.effects.add(
          new Effect.AcknowledgeCredentials(
              messageId, credentials.credentialsId(), credentials.expiration()));
    }
    if (known.isPresent()) {
      // A task is taken as it first came: only the wish to stop it is news.
      if (accepted.desired() == DesiredStatus.STOPPED) {
        known.get().desired = DesiredStatus.STOPPED;
      }
    } else if (accepted.desired() == DesiredStatus.STOPPED) {
      answer(spec.arn(), Reasons.CANNOT_STOP);
    } else {
      take(spec);
    }
  }

  private void take(TaskSpec spec) {
    turn.instance = turn.instance.withArrivals(turn.instance.arrivals() + 1);
    TaskDraft task = new TaskDraft(spec, turn.instance.arrivals());
    for (ContainerSpec container : spec.containers()) {
      task.containers.add(
          new ContainerDraft(container, dockerName(spec, container.name()), uuid()));
    }
    for (VolumeSpec volume : spec.volumes()) {
      boolean host = volume.hostPath() != null;
      String name = volume.shared() ? volume.name() : dockerName(spec, volume.name());
      task.volumes.add(new VolumeRow(volume, host ? "" : name, host, false));
    }
    if (spec.unsupported() != null) {
      task.reason = Reasons.resource(spec.arn(), spec.unsupported());
      task.desired = DesiredStatus.STOPPED;
    } else if (!Dependencies.resolvable(spec.containers())) {
      task.reason = Reasons.unresolvable(spec.arn());
      task.desired = DesiredStatus.STOPPED;
    }
    turn.add(task);
  }

  private String dockerName(TaskSpec spec, String name) {
    String clean = name.replaceAll("[^A-Za-z0-9-]", "");
    return "ecs-" + spec.family() + "-" + spec.version() + "-" + clean + "-" + turn.entropy.hex(20);
  }

  private String uuid() {
    String hex = turn.entropy.hex(32);
    return String.join(
        "-",
        hex.substring(0, 8),
        hex.substring(8, 12),
        hex.substring(12, 16),
        hex.substring(16, 20),
        hex.substring(20));
  }

  /** Reports a task the agent does not hold as stopped; once, however often it is asked. */
  private void answer(String arn, String reason) {
    List<TaskReport> answers = new ArrayList<>(turn.instance.answers());
    if (answers.stream().anyMatch(answer -> answer.taskArn().equals(arn))) {
      return;
    }
    long number = turn.instance.arrivals() + 1;
    turn.instance = turn.instance.withArrivals(number);
    // Negative numbers cannot be taken for those of a task's own reports.
    TaskReport report =
        new TaskReport(arn, -number, "STOPPED", Reasons.cut(reason), List.of(), null, null, null);
    answers.add(report);
    if (answers.size() > MOST_ANSWERS) {
      answers.removeFirst();
    }
    turn.instance = turn.instance.withAnswers(answers);
    turn.effects.add(new Effect.SubmitState(report));
  }

  void settled(Event.ReportSettled settled) {
    if (settled.number() < 0) {
      List<TaskReport> answers = new ArrayList<>(turn.instance.answers());
      answers.removeIf(answer -> answer.number() == settled.number());
      turn.instance = turn.instance.withAnswers(answers);
      return;
    }
    turn.task(settled.taskArn())
        .filter(task -> !task.outbox.isEmpty())
        .filter(task -> task.outbox.getFirst().number() == settled.number())
        .ifPresent(task -> {
          task.outbox.removeFirst();
          task.sending = false;
        });
  }

  void credentials(Event.CredentialsReceived received) {
    Optional<TaskDraft> task = turn.task(received.taskArn());
    if (task.isEmpty() || task.get().known == TaskStatus.STOPPED) {
      // Keys for a task that is not here are not kept, and the silence tells the sender.
      return;
    }
    RoleCredentials credentials = received.credentials();
    turn.effects.add(new Effect.StoreCredentials(received.taskArn(), credentials));
    turn.effects.add(
        new Effect.AcknowledgeCredentials(
            received.messageId(), credentials.credentialsId(), credentials.expiration()));
  }

  void manifest(Event.ManifestReceived manifest) {
    if (manifest.timeline() <= turn.instance.manifestWatermark()) {
      return;
    }
    turn.instance = turn.instance.withWatermark(manifest.timeline());
    turn.effects.add(
        new Effect.Acknowledge(
            manifest.messageId(), manifest.cluster(), manifest.containerInstance()));
    List<Effect.StopCandidate> candidates = new ArrayList<>();
    for (String arn : turn.arns()) {
      TaskDraft task = turn.task(arn).orElseThrow();
      boolean wanted =
          manifest.tasks().stream()
              .anyMatch(t -> t.taskArn().equals(arn) && t.desiredStatus().equals("RUNNING"));
      if (task.desired == DesiredStatus.RUNNING && !wanted) {
        candidates.add(new Effect.StopCandidate(arn, task.spec.taskClusterArn()));
      }
    }
    turn.instance = turn.instance.withManifest(manifest.messageId());
    if (!candidates.isEmpty()) {
      turn.effects.add(new Effect.VerifyStops(manifest.messageId(), List.copyOf(candidates)));
    }
  }

  void verified(Event.StopsVerified verified) {
    if (!verified.messageId().equals(turn.instance.manifest())) {
      return;
    }
    turn.instance = turn.instance.withManifest(null);
    for (ManifestTask stop : verified.tasks()) {
      turn.task(stop.taskArn()).ifPresent(task -> task.desired = DesiredStatus.STOPPED);
    }
  }
}
