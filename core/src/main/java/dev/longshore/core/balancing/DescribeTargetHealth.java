package dev.longshore.core.balancing;

import dev.longshore.core.model.Target;
import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.operation.Query;
import dev.longshore.core.state.View;
import dev.longshore.shapes.elbv2.AdministrativeOverride;
import dev.longshore.shapes.elbv2.DescribeTargetHealthInput;
import dev.longshore.shapes.elbv2.DescribeTargetHealthOutput;
import dev.longshore.shapes.elbv2.TargetDescription;
import dev.longshore.shapes.elbv2.TargetHealth;
import dev.longshore.shapes.elbv2.TargetHealthDescription;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Describes the health of a group's targets: of all, or of those that are asked for. */
public final class DescribeTargetHealth
    implements Query<DescribeTargetHealthInput, DescribeTargetHealthOutput> {
  private static final AdministrativeOverride NO_OVERRIDE =
      new AdministrativeOverride(
          "no_override",
          "AdministrativeOverride.NoOverride",
          "No override is currently active on target");

  @Override
  public DescribeTargetHealthOutput answer(
      View view, DescribeTargetHealthInput request, Context context) {
    TargetGroup group = TargetGroups.existing(view, request.targetGroupArn());
    boolean used = Forwardings.isUsed(view, group.arn());
    List<TargetHealthDescription> found = new ArrayList<>();
    List<TargetDescription> asked = Given.list(request.targets());
    if (asked.isEmpty()) {
      for (Target target : view.by(Target.OF_GROUP, group.arn())) {
        found.add(described(group, target.id(), target.port(), health(target, used)));
      }
    }
    for (TargetDescription each : asked) {
      int port = Targets.port(group, each);
      Target target = view.find(Target.KIND, Target.key(group.arn(), each.id(), port));
      found.add(
          described(
              group, each.id(), port, target == null ? notRegistered() : health(target, used)));
    }
    return new DescribeTargetHealthOutput(found);
  }

  private static TargetHealthDescription described(
      TargetGroup group, String id, int port, TargetHealth health) {
    String check = Given.text(group.specification().healthCheckPort());
    return TargetHealthDescription.builder()
        .target(TargetDescription.builder().id(id).port(port).build())
        .healthCheckPort(check.equals("traffic-port") ? Integer.toString(port) : check)
        .targetHealth(health)
        .administrativeOverride(NO_OVERRIDE)
        .build();
  }

  private static TargetHealth health(Target target, boolean used) {
    if (!used) {
      return new TargetHealth(
          "unused",
          "Target.NotInUse",
          "Target group is not configured to receive traffic from the load balancer");
    }
    return new TargetHealth(
        target.health(), orAbsent(target.reason()), orAbsent(target.description()));
  }

  private static TargetHealth notRegistered() {
    return new TargetHealth(
        "unused", "Target.NotRegistered", "Target is not registered to the target group");
  }

  private static @Nullable String orAbsent(String text) {
    return text.isEmpty() ? null : text;
  }
}
