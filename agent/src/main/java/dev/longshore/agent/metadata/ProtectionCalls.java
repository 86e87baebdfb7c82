package dev.longshore.agent.metadata;

import dev.longshore.agent.task.RoleCredentials;
import dev.longshore.agent.task.TaskRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Calls GetTaskProtection and UpdateTaskProtection of the control plane, signed with the task's own
 * role. Both block; the endpoint interrupts them after four seconds.
 */
public interface ProtectionCalls {
  Outcome get(TaskRow task, RoleCredentials role);

  /** {@code expiresInMinutes} is null where the task named none. */
  Outcome update(
      TaskRow task, RoleCredentials role, boolean enabled, @Nullable Long expiresInMinutes);

  /** What the control plane said. */
  sealed interface Outcome {}

  /** The task's protection now; {@code expires} is null without protection. */
  record Protection(String taskArn, boolean enabled, @Nullable Instant expires)
      implements Outcome {}

  /** The entry in the answer's failures, such as reason {@code TASK_NOT_VALID}. */
  record Failure(String arn, String reason, @Nullable String detail) implements Outcome {}

  /** An error of the control plane, with its HTTP status. */
  record Refusal(int status, String code, String message, @Nullable String requestId)
      implements Outcome {}

  /** An answer that is none of these, such as one with several entries. */
  record Unexpected(String what) implements Outcome {}
}
