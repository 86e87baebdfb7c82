package dev.longshore.agent.task;

import dev.longshore.agent.task.ContainerSpec.RegistryAuthentication;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something the engine wants done. The rows that led to it must be safe on disk before. */
public sealed interface Effect {

  /** Work on a container that ends in an event about it. */
  sealed interface OnContainer extends Effect {
    String taskArn();

    String container();
  }

  record ResolveManifest(String taskArn, String container, ImageRequest image)
      implements OnContainer {}

  record PullImage(String taskArn, String container, ImageRequest image) implements OnContainer {}

  /**
   * @param executionCredentialsId the role that may read the registry's password, or null
   */
  record ImageRequest(
      String name,
      @Nullable RegistryAuthentication authentication,
      @Nullable String executionCredentialsId) {}

  /** A container of that name that exists already is the one meant: it survived a crash. */
  record CreateContainer(
      String taskArn,
      String container,
      String dockerName,
      Json.Fields config,
      Json.Fields hostConfig)
      implements OnContainer {}

  /**
   * @param networkMode what the host configuration asks for, which decides how many may start at
   *     once
   */
  record StartContainer(String taskArn, String container, String dockerId, String networkMode)
      implements OnContainer {}

  record StopContainer(String taskArn, String container, String dockerId, Duration timeout)
      implements OnContainer {}

  record RemoveContainer(String taskArn, String container, String dockerId)
      implements OnContainer {}

  /**
   * @param mustExist do not make it, only see that it is there
   */
  record CreateVolume(
      String taskArn,
      String volume,
      String dockerName,
      boolean mustExist,
      @Nullable String driver,
      Map<String, String> options,
      Map<String, String> labels)
      implements Effect {}

  record RemoveVolume(String taskArn, String volume, String dockerName) implements Effect {}

  /** Tell the control plane, again and again until it answers. */
  record SubmitState(TaskReport report) implements Effect {}

  record Acknowledge(String messageId, String cluster, String containerInstance)
      implements Effect {}

  record AcknowledgeCredentials(String messageId, String credentialsId, String expiration)
      implements Effect {}

  /** Ask whether these tasks, which a manifest did not name, really must stop. */
  record VerifyStops(String messageId, List<StopCandidate> candidates) implements Effect {}

  record StopCandidate(String taskArn, @Nullable String clusterArn) {}

  /**
   * Fetch all that the task's containers need and that no row may hold; it is kept in memory.
   *
   * @param credentialsId of the execution role, which may read it
   */
  record FetchSecrets(
      String taskArn, @Nullable String credentialsId, List<ContainerSpec> containers)
      implements Effect {}

  /** Forget what was fetched: the containers that needed it are made, or never will be. */
  record DropSecrets(String taskArn) implements Effect {}

  record StoreCredentials(String taskArn, RoleCredentials credentials) implements Effect {}

  record DropCredentials(String credentialsId) implements Effect {}

  /** A container's health has changed: tell it now rather than at the next tick. */
  record PublishHealth() implements Effect {}
}
