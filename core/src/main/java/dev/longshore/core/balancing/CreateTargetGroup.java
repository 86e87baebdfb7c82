package dev.longshore.core.balancing;

import dev.longshore.core.model.TargetGroup;
import dev.longshore.core.operation.Command;
import dev.longshore.core.operation.Context;
import dev.longshore.core.operation.Given;
import dev.longshore.core.state.Draft;
import dev.longshore.shapes.elbv2.CreateTargetGroupInput;
import dev.longshore.shapes.elbv2.CreateTargetGroupOutput;
import dev.longshore.shapes.elbv2.DuplicateTargetGroupNameException;
import dev.longshore.shapes.elbv2.TooManyTargetGroupsException;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Creates a target group; the same settings again give the one that is there. */
public final class CreateTargetGroup
    implements Command<CreateTargetGroupInput, CreateTargetGroupOutput> {
  /** Target groups that a region of an account may have. */
  static final int MOST = 3000;

  private static final List<String> HTTP = List.of("HTTP", "HTTPS");
  private static final List<String> NETWORK = List.of("TCP", "TLS", "UDP", "TCP_UDP");

  @Override
  public CreateTargetGroupOutput decide(
      Draft draft, CreateTargetGroupInput request, Context context) {
    Names.check("Target group name", request.name());
    dev.longshore.shapes.elbv2.TargetGroup asked = asked(request);
    TargetGroup existing = TargetGroups.named(draft, request.name());
    if (existing != null) {
      if (!existing.specification().equals(named(asked, existing.arn()))) {
        throw new DuplicateTargetGroupNameException(
            "A target group with the same name '"
                + request.name()
                + "' exists, but with different settings");
      }
      return new CreateTargetGroupOutput(List.of(TargetGroups.shown(draft, existing)));
    }
    if (draft.count(TargetGroup.KIND) >= MOST) {
      throw new TooManyTargetGroupsException(
          "The maximum number of target groups has been reached");
    }
    String arn =
        Names.arn(context.place(), "targetgroup/" + request.name() + '/' + Names.id(context.ids()));
    TargetGroup row =
        new TargetGroup(
            arn,
            request.name(),
            named(asked, arn),
            new TreeMap<>(),
            BalancingTags.put(List.of(), request.tags()),
            context.now());
    draft.put(TargetGroup.KIND, row);
    return new CreateTargetGroupOutput(List.of(TargetGroups.shown(draft, row)));
  }

  private static dev.longshore.shapes.elbv2.TargetGroup named(
      dev.longshore.shapes.elbv2.TargetGroup group, String arn) {
    return group.toBuilder().targetGroupArn(arn).build();
  }

  private static dev.longshore.shapes.elbv2.TargetGroup asked(CreateTargetGroupInput request) {
    String type = Objects.requireNonNullElse(request.targetType(), TargetGroup.INSTANCE);
    if (!type.equals(TargetGroup.INSTANCE) && !type.equals(TargetGroup.IP)) {
      throw Faults.unsupported("targets of type " + type);
    }
    Faults.demand(request.protocol() != null, "A protocol must be specified");
    Faults.demand(request.port() != null, "A port must be specified");
    Faults.demand(request.vpcId() != null, "A VPC ID must be specified");
    String vpc = Given.text(request.vpcId());
    Faults.demand(vpc.matches("vpc-[0-9A-Za-z-]{1,64}"), "The VPC ID '" + vpc + "' is not found");
    if ("ipv6".equals(request.ipAddressType()) || request.targetControlPort() != null) {
      throw Faults.unsupported("IPv6 targets and target control ports");
    }
    String protocol = Given.text(request.protocol());
    if (!HTTP.contains(protocol) && !NETWORK.contains(protocol)) {
      throw Faults.unsupported("target groups with the protocol " + protocol);
    }
    dev.longshore.shapes.elbv2.TargetGroup group =
        HealthChecks.completed(
            dev.longshore.shapes.elbv2.TargetGroup.builder()
                .targetGroupName(request.name())
                .protocol(protocol)
                .protocolVersion(version(request.protocolVersion(), protocol))
                .port(request.port())
                .vpcId(vpc)
                .targetType(type)
                .ipAddressType("ipv4")
                .healthCheckProtocol(request.healthCheckProtocol())
                .healthCheckPort(request.healthCheckPort())
                .healthCheckEnabled(request.healthCheckEnabled())
                .healthCheckPath(request.healthCheckPath())
                .healthCheckIntervalSeconds(request.healthCheckIntervalSeconds())
                .healthCheckTimeoutSeconds(request.healthCheckTimeoutSeconds())
                .healthyThresholdCount(request.healthyThresholdCount())
                .unhealthyThresholdCount(request.unhealthyThresholdCount())
                .matcher(request.matcher())
                .build());
    HealthChecks.check(group);
    return group;
  }

  private static @Nullable String version(@Nullable String asked, String protocol) {
    if (!HTTP.contains(protocol)) {
      Faults.demand(
          asked == null, "A protocol version cannot be specified for protocol '" + protocol + "'");
      return null;
    }
    String version = Objects.requireNonNullElse(asked, "HTTP1");
    Faults.demand(
        List.of("HTTP1", "HTTP2", "GRPC").contains(version),
        "Protocol version '" + version + "' must be one of 'HTTP1, HTTP2, GRPC'");
    return version;
  }
}
