package dev.longshore.agent.task;

import org.jspecify.annotations.Nullable;

/**
 * Temporary keys of a role, handed to the task's containers or used on its behalf.
 *
 * @param credentialsId unguessable; knowing it is all the right a container needs
 * @param roleType {@code TaskApplication} or {@code TaskExecution}
 * @param expiration an ISO-8601 instant as the control plane wrote it
 */
public record RoleCredentials(
    String credentialsId,
    String roleType,
    String roleArn,
    String accessKeyId,
    String secretAccessKey,
    String sessionToken,
    String expiration,
    @Nullable String credentialScope) {

  public static final String TASK_APPLICATION = "TaskApplication";
  public static final String TASK_EXECUTION = "TaskExecution";

  @Override
  public String toString() {
    // Keys must not reach a log by way of an event's or effect's text.
    return "RoleCredentials[" + roleType + " " + roleArn + "]";
  }
}
