package dev.longshore.core.task;

import dev.longshore.core.model.Service;
import dev.longshore.core.model.TaskDefinition;
import dev.longshore.core.operation.Given;
import dev.longshore.core.placement.Demand;
import dev.longshore.core.placement.PlacementRules;
import dev.longshore.core.state.View;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ContainerDefinition;
import java.util.List;
import java.util.Objects;

/** What the tasks of a DAEMON service ask of each instance. */
final class DaemonDemand {
  private DaemonDemand() {}

  /**
   * Of the newest deployment's tasks; only constraints are asked where their definition is gone.
   */
  static Demand of(View view, Service service) {
    dev.longshore.shapes.ecs.Service specification = service.specification();
    String launchType = Objects.requireNonNullElse(specification.launchType(), "EC2");
    TaskDefinition row = TaskDefinitions.row(view, service.primary().taskDefinitionArn());
    PlacementRules rules =
        PlacementRules.of(
            row == null ? null : row.definition().placementConstraints(),
            specification.placementConstraints(),
            null);
    List<ContainerDefinition> containers =
        row == null ? List.of() : Given.list(row.definition().containerDefinitions());
    TaskSize size =
        row == null
            ? new TaskSize(0, 0, List.of(), 0, 0)
            : TaskSize.of(row.definition(), null, containers);
    return new Demand(
        launchType,
        size.cpu(),
        size.memory(),
        size.ports(),
        size.gpus(),
        size.networkInterfaces(),
        row == null ? List.of() : Given.list(row.definition().requiresAttributes()),
        rules.memberOf(),
        false,
        List.of());
  }

  /** Whether the posts of a service stay as they are. */
  static boolean isSame(Service before, Service after) {
    return before.status().equals(after.status())
        && (!after.isActive()
            || (before.primary().taskDefinitionArn().equals(after.primary().taskDefinitionArn())
                && Objects.equals(
                    before.specification().placementConstraints(),
                    after.specification().placementConstraints())));
  }
}
