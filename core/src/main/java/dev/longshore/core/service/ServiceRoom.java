package dev.longshore.core.service;

import dev.longshore.core.operation.Operations;

/** The room's door for whoever wires a control plane. */
public final class ServiceRoom {
  private ServiceRoom() {}

  /** Registers the actions on services and what keeps them running. */
  public static void register(Operations operations, ServiceSettings settings) {
    register(operations, settings, new WeightedTraffic());
  }

  /**
   * The same where traffic can be shifted.
   *
   * @param traffic who shifts it
   */
  public static void register(Operations operations, ServiceSettings settings, Traffic traffic) {
    operations.command("CreateService", new CreateService(traffic, settings.functions()));
    operations.command("UpdateService", new UpdateService(traffic, settings.functions()));
    operations.command("DeleteService", new DeleteService());
    operations.query("DescribeServices", new DescribeServices());
    operations.query("ListServices", new ListServices());
    operations.query("ListServicesByNamespace", new ListServicesByNamespace());
    operations.query("DescribeServiceDeployments", new DescribeServiceDeployments());
    operations.query("ListServiceDeployments", new ListServiceDeployments());
    operations.command("StopServiceDeployment", new StopServiceDeployment());
    operations.command("ContinueServiceDeployment", new ContinueServiceDeployment());
    operations.query("DescribeServiceRevisions", new DescribeServiceRevisions());
    operations.command("CreateTaskSet", new CreateTaskSet());
    operations.command("UpdateTaskSet", new UpdateTaskSet());
    operations.command("DeleteTaskSet", new DeleteTaskSet());
    operations.command("UpdateServicePrimaryTaskSet", new UpdateServicePrimaryTaskSet());
    operations.query("DescribeTaskSets", new DescribeTaskSets());
    operations.reconciler(new RegistrationReconciler());
    operations.reconciler(new ServiceReconciler(settings, traffic));
  }

  /** Registers what Longshore offers beside ECS's actions. */
  public static void registerOwn(Operations operations) {
    operations.query("PreviewService", new PreviewService());
  }
}
