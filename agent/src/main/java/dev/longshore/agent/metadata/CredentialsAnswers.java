package dev.longshore.agent.metadata;

import dev.longshore.agent.metadata.Registry.FoundCredentials;
import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import dev.longshore.wire.json.Json;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out role credentials: knowing their id is all that is asked for. Each request leaves a line
 * in the audit log, without the id.
 */
final class CredentialsAnswers {
  private static final Logger AUDIT = LoggerFactory.getLogger("dev.longshore.agent.audit");

  private final Registry registry;

  CredentialsAnswers(Registry registry) {
    this.registry = registry;
  }

  /** {@code version} is 1 or 2, the path's. */
  Reply answer(Ask ask, int version, String id) {
    var prefix = "CredentialsV" + version + "Request: ";
    if (id.isEmpty()) {
      return problem("NoIdInRequest", prefix + "No Credential ID in the request");
    }
    var found = registry.credentials(id);
    if (found.isEmpty() || !isHolder(ask.authorization(), found.get())) {
      return problem("InvalidIdInRequest", prefix + "Credentials not found");
    }
    audit(ask, version, found.get());
    return Reply.json(document(found.get().credentials()));
  }

  /**
   * Whether a token, where one is sent, was given to a container of the task; SDKs send it with the
   * full address, and none with the relative one.
   */
  private static boolean isHolder(String token, FoundCredentials found) {
    return token.isEmpty()
        || found.task().stream()
            .flatMap(task -> task.containers().stream())
            .anyMatch(container -> container.endpointId().equals(token));
  }

  private static Json document(RoleCredentials credentials) {
    return Json.fields()
        .with("RoleArn", Json.of(credentials.roleArn()))
        .with("AccessKeyId", Json.of(credentials.accessKeyId()))
        .with("SecretAccessKey", Json.of(credentials.secretAccessKey()))
        .with("Token", Json.of(credentials.sessionToken()))
        .with("Expiration", Json.of(credentials.expiration()));
  }

  private static Reply problem(String code, String message) {
    return Reply.json(
        400,
        Json.fields()
            .with("code", Json.of(code))
            .with("message", Json.of(message))
            .with("HTTPErrorCode", Json.of(400)));
  }

  private static void audit(Ask ask, int version, FoundCredentials found) {
    var execution = found.credentials().roleType().equals(RoleCredentials.TASK_EXECUTION);
    var instance = found.agent().instance();
    AUDIT.info(
        "200 {} \"/v{}/credentials\" \"{}\" {} {} {} {} {}",
        ask.client(),
        version,
        ask.userAgent(),
        found.task().map(TaskRow::arn).orElse("-"),
        execution ? "GetCredentialsExecutionRole" : "GetCredentials",
        version,
        instance.cluster(),
        instance.containerInstanceArn());
  }
}
