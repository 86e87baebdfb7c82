package dev.longshore.server.fleet;

import dev.longshore.core.task.ReportTaskHealth.ContainerHealth;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.VersionInfo;
import java.util.List;

/** What the fleet tells the control plane: transitions only, never heartbeats. */
public interface FleetReports {
  /** The agent of that container instance opened its session. */
  void connected(String instanceArn, VersionInfo version);

  /** The agent's session is gone and no newer one took its place. */
  void disconnected(String instanceArn);

  /** The container engine's health checks found this. */
  void health(String taskArn, List<ContainerHealth> containers);

  /** The agent checked its instance; types and statuses are those of the API. */
  void instanceHealth(String instanceArn, List<InstanceHealthCheckResult> results);

  /** The task cannot start, for this role cannot be taken on for it. */
  void roleRefused(String taskArn, String roleArn);

  /** The agent of these tasks took the order to stop them. */
  void toldToStop(List<String> taskArns);
}
