package dev.longshore.agent.task;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something the engine is told. What happened to a container carries its task's ARN and its name.
 */
public sealed interface Event {

  /**
   * Work from the control plane.
   *
   * @param cluster as the message names it, for the acknowledgement
   * @param sequence 0 when the message had none
   */
  record PayloadReceived(
      String messageId,
      String cluster,
      String containerInstance,
      long sequence,
      List<ReceivedTask> tasks)
      implements Event {}

  /** All the tasks the control plane believes this instance to have. */
  record ManifestReceived(
      String messageId,
      String cluster,
      String containerInstance,
      long timeline,
      List<ManifestTask> tasks)
      implements Event {}

  record ManifestTask(String taskArn, @Nullable String clusterArn, String desiredStatus) {}

  /** The control plane's answer to a manifest's stop candidates: these must stop indeed. */
  record StopsVerified(String messageId, List<ManifestTask> tasks) implements Event {}

  record CredentialsReceived(String messageId, String taskArn, RoleCredentials credentials)
      implements Event {}

  /** News of one container of a task. */
  sealed interface OnContainer extends Event {
    String taskArn();

    String container();
  }

  /**
   * @param digest null where none could be known without asking a registry
   */
  record ManifestResolved(String taskArn, String container, @Nullable String digest)
      implements OnContainer {}

  /**
   * The image is there.
   *
   * @param startedAt null when no pull was necessary
   */
  record ImagePulled(
      String taskArn, String container, @Nullable Instant startedAt, @Nullable Instant stoppedAt)
      implements OnContainer {}

  /** What the task's containers need is at hand. */
  record SecretsFetched(String taskArn) implements Event {}

  /**
   * @param reason why the task cannot start
   */
  record SecretsFailed(String taskArn, String reason) implements Event {}

  record VolumeCreated(String taskArn, String volume) implements Event {}

  record VolumeFailed(String taskArn, String volume, String reason) implements Event {}

  record VolumeRemoved(String taskArn, String volume) implements Event {}

  record ContainerCreated(String taskArn, String container, String dockerId)
      implements OnContainer {}

  /** A step before the container ran did not succeed, and will not: {@code reason} says why. */
  record StepFailed(String taskArn, String container, Work step, String reason)
      implements OnContainer {}

  /** What the container engine says now; asked after every step and every event of its own. */
  record Observed(String taskArn, String container, ContainerView view) implements OnContainer {}

  /**
   * The container engine has told of the end of a run. An inspection follows all the same, but the
   * engine answers it only after it has cleared away what the run held, its network above all.
   *
   * @param outOfMemory whether the engine told before that the run had no memory left
   * @param at by the engine's clock
   */
  record Died(
      String taskArn,
      String container,
      String dockerId,
      int exitCode,
      boolean outOfMemory,
      Instant at)
      implements OnContainer {}

  /** The start that was asked for has been done; the view was taken afterwards. */
  record ContainerStarted(String taskArn, String container, ContainerView view)
      implements OnContainer {}

  /** The container engine does not know the container any more. */
  record Vanished(String taskArn, String container) implements OnContainer {}

  record StopFailed(String taskArn, String container) implements OnContainer {}

  record ContainerRemoved(String taskArn, String container) implements OnContainer {}

  record RemoveFailed(String taskArn, String container) implements OnContainer {}

  /** The control plane has taken the report, or has said that it never will. */
  record ReportSettled(String taskArn, long number) implements Event {}

  /** Time has passed. */
  record Woke() implements Event {}

  /**
   * The agent has started again with the rows it kept: nothing is under way any more, and this is
   * how its containers are now. A container with no view is one the container engine has not.
   */
  record Resumed(List<Found> found) implements Event {}

  record Found(String taskArn, String container, @Nullable ContainerView view) {}

  /** The agent ends and takes everything along: stop all, quickly, and remove what was made. */
  record Evacuated(Duration stopTimeout) implements Event {}
}
