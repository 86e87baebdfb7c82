package dev.longshore.server;

import dev.longshore.core.instance.ReportConnectivity;
import dev.longshore.core.instance.ReportInstanceHealth;
import dev.longshore.core.operation.Caller;
import dev.longshore.core.operation.Command;
import dev.longshore.core.task.ReportRoleRefused;
import dev.longshore.core.task.ReportTaskHealth;
import dev.longshore.core.task.ReportToldToStop;
import dev.longshore.server.engine.Engine;
import dev.longshore.server.fleet.FleetReports;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import dev.longshore.shapes.ecs.VersionInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the fleet found out before the engine. */
final class EngineReports implements FleetReports {
  private static final Logger LOG = LoggerFactory.getLogger(EngineReports.class);

  private final Engine engine;
  private final Caller caller;

  EngineReports(Engine engine, Caller caller) {
    this.engine = engine;
    this.caller = caller;
  }

  @Override
  public void connected(String instanceArn, VersionInfo version) {
    connectivity(instanceArn, true, version);
  }

  @Override
  public void disconnected(String instanceArn) {
    connectivity(instanceArn, false, null);
  }

  private void connectivity(String arn, boolean connected, @Nullable VersionInfo version) {
    submit(new ReportConnectivity(), new ReportConnectivity.Report(arn, connected, version), arn);
  }

  @Override
  public void health(String taskArn, List<ReportTaskHealth.ContainerHealth> containers) {
    submit(new ReportTaskHealth(), new ReportTaskHealth.Report(taskArn, containers), taskArn);
  }

  @Override
  public void instanceHealth(String instanceArn, List<InstanceHealthCheckResult> results) {
    submit(
        new ReportInstanceHealth(),
        new ReportInstanceHealth.Report(instanceArn, results),
        instanceArn);
  }

  @Override
  public void toldToStop(List<String> taskArns) {
    submit(new ReportToldToStop(), new ReportToldToStop.Report(taskArns), "tasks");
  }

  @Override
  public void roleRefused(String taskArn, String roleArn) {
    submit(new ReportRoleRefused(), new ReportRoleRefused.Report(taskArn, roleArn), taskArn);
  }

  private <I, O> void submit(Command<I, O> command, I report, String about) {
    engine
        .submit(command, report, caller)
        .whenComplete((done, failure) -> {
          if (failure != null) {
            LOG.warn("What the fleet found of {} was not kept: {}", about, failure.toString());
          }
        })
        .exceptionally(failure -> null);
  }
}
