package dev.longshore.core.instance;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.ecs.InstanceHealthCheckResult;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Told by the fleet: what an agent found out about its instance's own health. Not an action of the
 * API. Only a change of status is kept; that a check was repeated with the same result is not.
 * Answers whether the instance is registered.
 */
public final class ReportInstanceHealth implements Command<ReportInstanceHealth.Report, Boolean> {
  /**
   * A result of each check that ran.
   *
   * @param results their types and statuses as the API names them, for example {@code
   *     CONTAINER_RUNTIME} and {@code OK}
   */
  public record Report(String containerInstanceArn, List<InstanceHealthCheckResult> results) {}

  @Override
  public Boolean decide(Draft draft, Report report, Context context) {
    ContainerInstance instance = draft.find(ContainerInstance.KIND, report.containerInstanceArn());
    if (instance == null || instance.isInactive()) {
      return false;
    }
    List<InstanceHealthCheckResult> health = new ArrayList<>(instance.health());
    for (InstanceHealthCheckResult result : report.results()) {
      boolean known =
          health.stream()
              .anyMatch(
                  each -> same(each.status(), result.status()) && same(each.type(), result.type()));
      if (!known) {
        health.removeIf(each -> same(each.type(), result.type()));
        health.add(result);
      }
    }
    if (!health.equals(instance.health())) {
      draft.put(ContainerInstance.KIND, instance.edit().health(List.copyOf(health)).build());
    }
    return true;
  }

  private static boolean same(@Nullable String one, @Nullable String other) {
    return Given.text(one).equals(Given.text(other));
  }
}
