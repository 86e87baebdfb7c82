package dev.longshore.core.instance;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.VersionInfo;
import org.jspecify.annotations.Nullable;

/**
 * Told by the fleet: an agent's session was opened or closed. Not an action of the API. Answers
 * whether the instance is registered; if not, the agent is to be turned away.
 */
public final class ReportConnectivity implements Command<ReportConnectivity.Report, Boolean> {
  /**
   * What became of a session.
   *
   * @param versionInfo the versions of agent and engine, which agents tell when they connect; null
   *     leaves them as they are
   */
  public record Report(
      String containerInstanceArn, boolean connected, @Nullable VersionInfo versionInfo) {}

  @Override
  public Boolean decide(Draft draft, Report report, Context context) {
    ContainerInstance instance = draft.find(ContainerInstance.KIND, report.containerInstanceArn());
    if (instance == null || instance.isInactive()) {
      return false;
    }
    VersionInfo versions =
        report.versionInfo() == null ? instance.versionInfo() : report.versionInfo();
    boolean sameVersions = versions == null || versions.equals(instance.versionInfo());
    if (instance.agentConnected() != report.connected()) {
      draft.put(
          ContainerInstance.KIND,
          (report.connected()
                  ? instance.edit().connected(context.now())
                  : instance.edit().disconnected())
              .versionInfo(versions)
              .build());
    } else if (!sameVersions) {
      draft.put(ContainerInstance.KIND, instance.edit().versionInfo(versions).build());
    }
    return true;
  }
}
