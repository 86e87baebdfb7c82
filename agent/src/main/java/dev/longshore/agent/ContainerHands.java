package dev.longshore.agent;

import dev.longshore.agent.docker.Container;
import dev.longshore.agent.docker.ContainerEngine;
import dev.longshore.agent.docker.ContainerSpec;
import dev.longshore.agent.docker.DockerException;
import dev.longshore.agent.link.Nudge;
import dev.longshore.agent.task.Effect;
import dev.longshore.agent.task.Event;
import dev.longshore.agent.task.Reasons;
import dev.longshore.agent.task.Work;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does to containers and volumes what the task engine asks for, and says what came of it. Every
 * method blocks its virtual thread and ends in the event to hand back.
 */
final class ContainerHands {
  private static final Logger LOG = LoggerFactory.getLogger(ContainerHands.class);
  private static final String TASK_LABEL = "com.amazonaws.ecs.task-arn";
  private static final int STOP_TRIES = 5;
  private static final int REMOVE_TRIES = 3;
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final ContainerEngine engine;
  private final AgentConfig config;
  private final TaskSecrets secrets;
  private final Nudge pause = new Nudge();

  ContainerHands(ContainerEngine engine, AgentConfig config, TaskSecrets secrets) {
    this.engine = engine;
    this.secrets = secrets;
    this.config = config;
  }

  Event create(Effect.CreateContainer effect) {
    String arn = effect.taskArn();
    String name = effect.container();
    ContainerSpec spec =
        new ContainerSpec(secrets.config(effect), secrets.hostConfig(effect), Json.fields());
    try {
      String id =
          engine.within(config.createTimeout()).containers().create(effect.dockerName(), spec).id();
      return new Event.ContainerCreated(arn, name, id);
    } catch (DockerException e) {
      if (e.conflict() || e.kind() == DockerException.Kind.TIMED_OUT) {
        return adopt(effect, e);
      }
      return new Event.StepFailed(
          arn, name, Work.CREATE, Reasons.cannotCreate(ImageKeeper.message(e)));
    }
  }

  /**
   * A container of this name may be there from before a crash, or from a call that took too long.
   */
  private Event adopt(Effect.CreateContainer effect, DockerException refusal) {
    String arn = effect.taskArn();
    try {
      Container there = engine.containers().inspect(effect.dockerName());
      if (arn.equals(there.labels().get(TASK_LABEL))) {
        return new Event.ContainerCreated(arn, effect.container(), there.id());
      }
    } catch (DockerException e) {
      LOG.warn("{} is not to be had: {}", effect.dockerName(), e.getMessage());
    }
    String reason =
        refusal.kind() == DockerException.Kind.TIMED_OUT
            ? Reasons.timedOut("created", GoText.text(config.createTimeout()))
            : Reasons.cannotCreate(ImageKeeper.message(refusal));
    return new Event.StepFailed(arn, effect.container(), Work.CREATE, reason);
  }

  Event start(Effect.StartContainer effect) {
    String arn = effect.taskArn();
    String name = effect.container();
    try {
      var _ = engine.within(config.startTimeout()).containers().start(effect.dockerId());
      return new Event.ContainerStarted(
          arn, name, Views.of(engine.containers().inspect(effect.dockerId())));
    } catch (DockerException e) {
      boolean late = e.kind() == DockerException.Kind.TIMED_OUT;
      if (late) {
        abandon(effect.dockerId());
      }
      return new Event.StepFailed(
          arn,
          name,
          Work.START,
          late
              ? Reasons.timedOut("started", GoText.text(config.startTimeout()))
              : Reasons.cannotStart(ImageKeeper.message(e)));
    }
  }

  /** What was given up on must not come up after all. */
  private void abandon(String dockerId) {
    try {
      var _ = engine.containers().stop(dockerId, Duration.ZERO);
    } catch (DockerException e) {
      LOG.warn("{} was given up on and cannot be stopped: {}", dockerId, e.getMessage());
    }
  }

  Event stop(Effect.StopContainer effect) throws InterruptedException {
    String arn = effect.taskArn();
    String name = effect.container();
    for (int attempt = 1; ; attempt++) {
      try {
        var _ = engine.containers().stop(effect.dockerId(), effect.timeout());
        return observe(arn, name, effect.dockerId());
      } catch (DockerException e) {
        if (e.notFound()) {
          return new Event.Vanished(arn, name);
        }
        LOG.warn("{} not stopped: {}", effect.dockerId(), e.getMessage());
        if (attempt == STOP_TRIES || e.kind() == DockerException.Kind.INTERRUPTED) {
          return new Event.StopFailed(arn, name);
        }
      }
      var _ = pause.await(WAIT);
    }
  }

  /**
   * The container as it is now, or that it is not any more.
   *
   * @throws DockerException if the engine does not say
   */
  Event observe(String arn, String name, String dockerId) {
    try {
      return new Event.Observed(arn, name, Views.of(engine.containers().inspect(dockerId)));
    } catch (DockerException e) {
      if (e.notFound()) {
        return new Event.Vanished(arn, name);
      }
      throw e;
    }
  }

  Event remove(Effect.RemoveContainer effect) {
    try {
      engine.containers().remove(effect.dockerId(), true, true);
    } catch (DockerException e) {
      if (!e.notFound()) {
        LOG.warn("{} not removed: {}", effect.dockerId(), e.getMessage());
        return new Event.RemoveFailed(effect.taskArn(), effect.container());
      }
    }
    return new Event.ContainerRemoved(effect.taskArn(), effect.container());
  }

  Event createVolume(Effect.CreateVolume effect) {
    try {
      if (effect.mustExist()) {
        var _ = engine.volumes().inspect(effect.dockerName());
      } else {
        String driver = effect.driver() == null ? "local" : effect.driver();
        var _ =
            engine.volumes().create(effect.dockerName(), driver, effect.options(), effect.labels());
      }
      return new Event.VolumeCreated(effect.taskArn(), effect.volume());
    } catch (DockerException e) {
      return new Event.VolumeFailed(effect.taskArn(), effect.volume(), ImageKeeper.message(e));
    }
  }

  /** Gives up after a few tries: an unused volume is a smaller harm than a task kept for ever. */
  Event removeVolume(Effect.RemoveVolume effect) throws InterruptedException {
    for (int attempt = 1; attempt <= REMOVE_TRIES; attempt++) {
      try {
        engine.volumes().remove(effect.dockerName(), false);
        break;
      } catch (DockerException e) {
        if (e.notFound()) {
          break;
        }
        LOG.warn("volume {} not removed: {}", effect.dockerName(), e.getMessage());
      }
      var _ = pause.await(WAIT);
    }
    return new Event.VolumeRemoved(effect.taskArn(), effect.volume());
  }
}
