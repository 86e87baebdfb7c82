package dev.longshore.core.balancing;

import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.ModifyTargetGroupInput;
import dev.longshore.shapes.elbv2.ModifyTargetGroupOutput;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes how a group's targets are looked at; what the request does not name stays. */
public final class ModifyTargetGroup
    implements Command<ModifyTargetGroupInput, ModifyTargetGroupOutput> {
  @Override
  public ModifyTargetGroupOutput decide(
      Draft draft, ModifyTargetGroupInput request, Context context) {
    TargetGroup row = TargetGroups.existing(draft, request.targetGroupArn());
    var before = row.specification();
    String protocol =
        Given.text(
            request.healthCheckProtocol() == null
                ? before.healthCheckProtocol()
                : request.healthCheckProtocol());
    boolean asks = protocol.startsWith("HTTP");
    var after =
        before.toBuilder()
            .healthCheckProtocol(protocol)
            .healthCheckPort(or(request.healthCheckPort(), before.healthCheckPort()))
            .healthCheckPath(
                request.healthCheckPath() != null || !asks
                    ? request.healthCheckPath()
                    : before.healthCheckPath())
            .healthCheckEnabled(or(request.healthCheckEnabled(), before.healthCheckEnabled()))
            .healthCheckIntervalSeconds(
                or(request.healthCheckIntervalSeconds(), before.healthCheckIntervalSeconds()))
            .healthCheckTimeoutSeconds(
                or(request.healthCheckTimeoutSeconds(), before.healthCheckTimeoutSeconds()))
            .healthyThresholdCount(
                or(request.healthyThresholdCount(), before.healthyThresholdCount()))
            .unhealthyThresholdCount(
                or(request.unhealthyThresholdCount(), before.unhealthyThresholdCount()))
            .matcher(request.matcher() != null || !asks ? request.matcher() : before.matcher())
            .build();
    TargetGroup changed = row.withSpecification(HealthChecks.completed(after));
    HealthChecks.check(changed.specification());
    draft.put(TargetGroup.KIND, changed);
    return new ModifyTargetGroupOutput(List.of(TargetGroups.shown(draft, changed)));
  }

  private static <T> T or(@Nullable T asked, @Nullable T before) {
    return asked == null ? Objects.requireNonNull(before) : asked;
  }
}
