package dev.longshore.agent;

import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.link.StateReporter;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.TaskReport;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out effects: work on the container engine and reports on a virtual thread each, so that
 * nothing waits for anything but its own lane. No order has to be kept here, for the task engine
 * asks for one thing per container and one report per task at a time.
 */
final class EffectRunner {
  private static final Logger LOG = LoggerFactory.getLogger(EffectRunner.class);

  private final ExecutorService threads;
  private final ContainerHands hands;
  private final ImageKeeper images;
  private final SecretKeeper secrets;
  private final StateReporter reporter;
  private final CredentialStore credentials;
  private final Replies replies;
  private final Sink sink;
  private final Lanes lanes = new Lanes();

  /** Where answers over the sessions go. */
  interface Replies {
    void send(Effect.Acknowledge ack);

    void send(Effect.AcknowledgeCredentials ack);

    void send(Effect.VerifyStops verify);

    void publishHealth();
  }

  /** Where outcomes go. */
  interface Sink {
    void submit(Event event) throws InterruptedException;
  }

  private interface Job {
    Event run() throws InterruptedException;
  }

  EffectRunner(
      ExecutorService threads,
      ContainerHands hands,
      ImageKeeper images,
      SecretKeeper secrets,
      StateReporter reporter,
      CredentialStore credentials,
      Replies replies,
      Sink sink) {
    this.threads = threads;
    this.hands = hands;
    this.images = images;
    this.secrets = secrets;
    this.reporter = reporter;
    this.credentials = credentials;
    this.replies = replies;
    this.sink = sink;
  }

  void run(Effect effect) {
    switch (effect) {
      case Effect.Acknowledge ack -> replies.send(ack);
      case Effect.AcknowledgeCredentials ack -> replies.send(ack);
      case Effect.VerifyStops verify -> replies.send(verify);
      case Effect.PublishHealth publish -> replies.publishHealth();
      case Effect.StoreCredentials store -> credentials.store(store.taskArn(), store.credentials());
      case Effect.DropCredentials drop -> credentials.drop(drop.credentialsId());
      case Effect.FetchSecrets fetch ->
          start(effect, within(lanes.secrets(), () -> secrets.fetch(fetch)));
      case Effect.DropSecrets drop -> secrets.drop(drop.taskArn());
      case Effect.SubmitState(TaskReport report) -> start(effect, () -> deliver(report));
      case Effect.ResolveManifest resolve ->
          start(effect, within(lanes.manifests(), () -> images.resolve(resolve)));
      case Effect.PullImage pull -> start(effect, within(lanes.pulls(), () -> images.pull(pull)));
      case Effect.CreateContainer create ->
          start(effect, within(lanes.creations(), () -> hands.create(create)));
      case Effect.StartContainer start ->
          start(effect, within(lanes.starts(start.networkMode()), () -> hands.start(start)));
      case Effect.StopContainer stop ->
          start(effect, within(lanes.stops(), () -> hands.stop(stop)));
      case Effect.RemoveContainer remove ->
          start(effect, within(lanes.removals(), () -> hands.remove(remove)));
      case Effect.CreateVolume create ->
          start(effect, within(lanes.creations(), () -> hands.createVolume(create)));
      case Effect.RemoveVolume remove ->
          start(effect, within(lanes.removals(), () -> hands.removeVolume(remove)));
    }
  }

  private Event deliver(TaskReport report) throws InterruptedException {
    reporter.deliver(report);
    return new Event.ReportSettled(report.taskArn(), report.number());
  }

  private static Job within(Semaphore lane, Job job) {
    return () -> {
      lane.acquire();
      try {
        return job.run();
      } finally {
        lane.release();
      }
    };
  }

  private void start(Effect effect, Job job) {
    threads.execute(() -> {
      try {
        sink.submit(job.run());
      } catch (InterruptedException e) {
        LOG.debug("given up as the agent ends: {}", effect);
      } catch (DockerException e) {
        outcomeUnknown(effect, e);
      }
    });
  }

  /** The engine did something and did not say what came of it. */
  private void outcomeUnknown(Effect effect, DockerException e) {
    LOG.warn("outcome of {} unknown: {}", effect.getClass().getSimpleName(), e.getMessage());
    if (effect instanceof Effect.StopContainer stop) {
      try {
        sink.submit(new Event.StopFailed(stop.taskArn(), stop.container()));
      } catch (InterruptedException interrupted) {
        LOG.debug("given up as the agent ends: {}", effect);
      }
    }
  }
}
