package dev.longshore.core.instance;

import dev.longshore.core.operation.Operations;

/** Names the room's operations and reconcilers. */
public final class InstanceRoom {
  private InstanceRoom() {}

  public static void register(Operations operations) {
    operations.command("RegisterContainerInstance", new RegisterContainerInstance());
    operations.command("DeregisterContainerInstance", new DeregisterContainerInstance());
    operations.query("DescribeContainerInstances", new DescribeContainerInstances());
    operations.query("ListContainerInstances", new ListContainerInstances());
    operations.command("UpdateContainerInstancesState", new UpdateContainerInstancesState());
    operations.command("PutAttributes", new PutAttributes());
    operations.command("DeleteAttributes", new DeleteAttributes());
    operations.query("ListAttributes", new ListAttributes());
    operations.command("UpdateContainerAgent", new UpdateContainerAgent());
    operations.reconciler(new InstanceReconciler());
  }
}
