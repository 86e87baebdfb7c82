package dev.longshore.agent.task;

import java.util.List;

/** A task of a payload message, as far as it could be read. */
public sealed interface ReceivedTask {
  record Accepted(TaskSpec spec, DesiredStatus desired, List<RoleCredentials> credentials)
      implements ReceivedTask {}

  /**
   * @param detail what is wrong, for the report that answers it
   */
  record Malformed(String arn, String detail) implements ReceivedTask {}
}
