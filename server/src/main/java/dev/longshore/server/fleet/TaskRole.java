package dev.longshore.server.fleet;

import dev.longshore.core.identity.Roles;
import dev.longshore.core.model.IamRole;
import dev.longshore.core.model.Task;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Place;
import dev.longshore.core.state.View;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role that a task is given.
 *
 * @param type what the agent protocol calls the role's purpose
 * @param payloadField where a payload carries the role's credentials
 * @param nameOrArn as the definition or the task's override names it
 */
record TaskRole(String type, String payloadField, String nameOrArn) {
  /** The purpose of the role that an agent starts a task with. */
  static final String EXECUTION = "TaskExecution";

  /** Whom roles of tasks must trust. */
  private static final String SERVICE = "ecs-tasks.amazonaws.com";

  /** Where a payload carries that role's credentials. */
  static final String EXECUTION_FIELD = "executionRoleCredentials";

  /** The roles of a task: its containers' own one, and the one that its agent starts it with. */
  static List<TaskRole> of(Task task, TaskDefinition definition) {
    TaskOverride override = task.overrides();
    var spec = definition.definition();
    List<TaskRole> roles = new ArrayList<>(2);
    String own = named(override == null ? null : override.taskRoleArn(), spec.taskRoleArn());
    if (own != null) {
      roles.add(new TaskRole("TaskApplication", "roleCredentials", own));
    }
    String execution =
        named(override == null ? null : override.executionRoleArn(), spec.executionRoleArn());
    if (execution != null) {
      roles.add(new TaskRole(EXECUTION, EXECUTION_FIELD, execution));
    }
    return roles;
  }

  /** The role, if there is one and it trusts the service that runs tasks; else null. */
  @Nullable IamRole row(View view, Place place, Task task) {
    IamRole role = Roles.find(view, place, nameOrArn);
    return role != null && Roles.trusts(role, SERVICE, place, task.arn()) ? role : null;
  }

  private static @Nullable String named(@Nullable String override, @Nullable String definition) {
    String role = override == null || override.isEmpty() ? definition : override;
    return role == null || role.isEmpty() ? null : role;
  }
}
