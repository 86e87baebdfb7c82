package dev.longshore.core.placement.language;

import java.util.List;

/** What can be tested, and by which operators. */
enum SubjectName {
  ATTRIBUTE("attribute:"),
  AGENT_CONNECTED("agentConnected"),
  EC2_INSTANCE_ID("ec2InstanceId"),
  TASK_GROUP("task:group"),
  AGENT_VERSION("agentVersion"),
  REGISTERED_AT("registeredAt"),
  RUNNING_TASKS_COUNT("runningTasksCount");

  private final String written;

  SubjectName(String written) {
    this.written = written;
  }

  /** The name as it is written; that of an attribute goes on with the attribute's own. */
  String written() {
    return written;
  }

  /** The subjects whose names are whole as they stand here. */
  static List<SubjectName> whole() {
    return List.of(values()).subList(1, values().length);
  }

  boolean allows(Operator operator) {
    return switch (this) {
      case ATTRIBUTE -> true;
      case AGENT_CONNECTED, EC2_INSTANCE_ID, TASK_GROUP ->
          switch (operator) {
            case EQUAL, NOT_EQUAL, IN, NOT_IN, MATCHES, NOT_MATCHES -> true;
            default -> false;
          };
      case AGENT_VERSION, REGISTERED_AT, RUNNING_TASKS_COUNT -> operator.order() != null;
    };
  }
}
