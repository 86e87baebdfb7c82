package dev.longshore.server.fleet;

import dev.longshore.core.model.Task;
import dev.longshore.wire.json.Json;
import dev.longshore.wire.json.Members;
import java.time.Instant;
import java.util.List;

/** The texts that the server sends on ACS (agent protocol, messages server to agent). */
final class AcsMessages {
  private AcsMessages() {}

  static String heartbeat(String messageId) {
    return envelope(
        "HeartbeatMessage", new Members().put("messageId", messageId).put("healthy", true));
  }

  static String payload(
      String messageId, String clusterArn, String instanceArn, List<Json> tasks, Instant now) {
    return envelope(
        "PayloadMessage",
        new Members()
            .put("messageId", messageId)
            .put("clusterArn", clusterArn)
            .put("containerInstanceArn", instanceArn)
            .put("generatedAt", now.toEpochMilli())
            .put("tasks", new Json.Items(tasks)));
  }

  /** A manifest; an agent takes only one whose timeline is above all it has seen. */
  static String manifest(
      String messageId, String clusterArn, String instanceArn, List<Json> tasks, Instant now) {
    return envelope(
        "TaskManifestMessage",
        new Members()
            .put("messageId", messageId)
            .put("clusterArn", clusterArn)
            .put("containerInstanceArn", instanceArn)
            .put("generatedAt", now.toEpochMilli())
            .put("timeline", now.toEpochMilli())
            .put("tasks", new Json.Items(tasks)));
  }

  static Json manifestTask(String taskArn, String clusterArn, String desiredStatus) {
    return new Members()
        .put("taskArn", taskArn)
        .put("taskClusterArn", clusterArn)
        .put("desiredStatus", desiredStatus)
        .json();
  }

  static String stopVerified(String messageId, List<Json> stopTasks, Instant now) {
    return envelope(
        "TaskStopVerificationAck",
        new Members()
            .put("messageId", messageId)
            .put("generatedAt", now.toEpochMilli())
            .put("stopTasks", new Json.Items(stopTasks)));
  }

  /** Credentials of a role of one task. */
  static String credentials(String messageId, Task task, String roleType, Json roleCredentials) {
    return envelope(
        "IAMRoleCredentialsMessage",
        new Members()
            .put("messageId", messageId)
            .put("taskArn", task.arn())
            .put("taskClusterArn", task.clusterArn())
            .put("roleType", roleType)
            .put("roleCredentials", roleCredentials));
  }

  /** The body of a refused upgrade: a single key that names the error. */
  static String refusal(String type, String text) {
    return new Members().put(type, text).json().write();
  }

  /** One message in its envelope. */
  static String envelope(String type, Members message) {
    return new Members().put("type", type).put("message", message.json()).json().write();
  }
}
