package dev.longshore.core.task;

import dev.longshore.core.operation.Operations;

/** Names the room's operations and reconcilers. */
public final class TaskRoom {
  private TaskRoom() {}

  public static void register(Operations operations) {
    operations.command("RunTask", new RunTask());
    operations.command("StartTask", new StartTask());
    operations.command("StopTask", new StopTask());
    operations.query("DescribeTasks", new DescribeTasks());
    operations.query("ListTasks", new ListTasks());
    operations.command("SubmitTaskStateChange", new SubmitTaskStateChange());
    operations.command("SubmitContainerStateChange", new SubmitContainerStateChange());
    operations.command("SubmitAttachmentStateChanges", new SubmitAttachmentStateChanges());
    operations.command("UpdateTaskProtection", new UpdateTaskProtection());
    operations.query("GetTaskProtection", new GetTaskProtection());
    operations.query("ExecuteCommand", new ExecuteCommand());
    operations.reconciler(new TaskReconciler());
    operations.reconciler(new RunTaskTokenReconciler());
  }

  /** Registers what Longshore offers beside ECS's operations. */
  public static void registerOwn(Operations operations) {
    operations.query("PreviewTask", new PreviewTask());
  }
}
