package dev.longshore.core.taskdefinition;

import dev.longshore.core.operation.Operations;

/** Registers the actions on task definitions and the end of deleted revisions. */
public final class TaskDefinitionRoom {
  private TaskDefinitionRoom() {}

  /** Registers every action and reconciler of this room. */
  public static void register(Operations operations) {
    operations.command("RegisterTaskDefinition", new RegisterTaskDefinition());
    operations.command("DeregisterTaskDefinition", new DeregisterTaskDefinition());
    operations.command("DeleteTaskDefinitions", new DeleteTaskDefinitions());
    operations.query("DescribeTaskDefinition", new DescribeTaskDefinition());
    operations.query("ListTaskDefinitions", new ListTaskDefinitions());
    operations.query("ListTaskDefinitionFamilies", new ListTaskDefinitionFamilies());
    operations.reconciler(new DeletedTaskDefinitionReconciler());
  }
}
