package dev.longshore.core.balancing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Harbour;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerInput;
import dev.longshore.shapes.elbv2.CreateRuleInput;
import dev.longshore.shapes.elbv2.CreateTargetGroupInput;
import dev.longshore.shapes.elbv2.DescribeTargetHealthInput;
import dev.longshore.shapes.elbv2.FixedResponseActionConfig;
import dev.longshore.shapes.elbv2.Listener;
import dev.longshore.shapes.elbv2.LoadBalancer;
import dev.longshore.shapes.elbv2.RegisterTargetsInput;
import dev.longshore.shapes.elbv2.Rule;
import dev.longshore.shapes.elbv2.RuleCondition;
import dev.longshore.shapes.elbv2.TargetDescription;
import dev.longshore.shapes.elbv2.TargetGroup;
import dev.longshore.shapes.elbv2.TargetHealthDescription;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A control plane that balances load, and how tests speak to it. */
final class Shore {
  final Harbour harbour = new Harbour(new DrainReconciler());

  LoadBalancer balancer(CreateLoadBalancerInput request) {
    return Given.list(
            harbour.call(new CreateLoadBalancer(AddressPool.USUAL), request).loadBalancers())
        .getFirst();
  }

  LoadBalancer balancer(String name) {
    return balancer(request(name).build());
  }

  static CreateLoadBalancerInput.Builder request(String name) {
    return CreateLoadBalancerInput.builder().name(name).subnets(List.of("subnet-a", "subnet-b"));
  }

  /** A target group of addresses. */
  static CreateTargetGroupInput.Builder group(String name) {
    return CreateTargetGroupInput.builder()
        .name(name)
        .protocol("HTTP")
        .port(8080)
        .vpcId("vpc-1")
        .targetType("ip");
  }

  String groupArn(CreateTargetGroupInput.Builder request) {
    return Given.text(create(request).targetGroupArn());
  }

  TargetGroup create(CreateTargetGroupInput.Builder request) {
    return Given.list(harbour.call(new CreateTargetGroup(), request.build()).targetGroups())
        .getFirst();
  }

  static Action forward(String groupArn) {
    return Action.builder().type("forward").targetGroupArn(groupArn).build();
  }

  static Action fixed(String status) {
    return Action.builder()
        .type("fixed-response")
        .fixedResponseConfig(FixedResponseActionConfig.builder().statusCode(status).build())
        .build();
  }

  Listener listener(LoadBalancer balancer, int port, Action action) {
    return Given.list(
            harbour
                .call(
                    new CreateListener(),
                    CreateListenerInput.builder()
                        .loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("application".equals(balancer.type()) ? "HTTP" : "TCP")
                        .port(port)
                        .defaultActions(List.of(action))
                        .build())
                .listeners())
        .getFirst();
  }

  static RuleCondition path(String... values) {
    return RuleCondition.builder().field("path-pattern").values(List.of(values)).build();
  }

  Rule rule(Listener listener, int priority, Action action, RuleCondition... conditions) {
    return Given.list(
            harbour
                .call(
                    new CreateRule(),
                    CreateRuleInput.builder()
                        .listenerArn(listener.listenerArn())
                        .priority(priority)
                        .conditions(List.of(conditions))
                        .actions(List.of(action))
                        .build())
                .rules())
        .getFirst();
  }

  static TargetDescription target(String id) {
    return TargetDescription.builder().id(id).build();
  }

  void register(String groupArn, String... ids) {
    harbour.call(
        new RegisterTargets(),
        new RegisterTargetsInput(
            groupArn, java.util.Arrays.stream(ids).map(Shore::target).toList()));
  }

  List<TargetHealthDescription> health(String groupArn, String... ids) {
    return Given.list(
        harbour
            .ask(
                new DescribeTargetHealth(),
                DescribeTargetHealthInput.builder()
                    .targetGroupArn(groupArn)
                    .targets(java.util.Arrays.stream(ids).map(Shore::target).toList())
                    .build())
            .targetHealthDescriptions());
  }

  /** The data plane found that of a target. */
  void found(
      String groupArn, String id, int port, String state, String reason, String description) {
    harbour.call(
        new ReportTargetHealth(),
        new ReportTargetHealth.Report(
            List.of(new ReportTargetHealth.Found(groupArn, id, port, state, reason, description))));
  }

  /** A refusal in that code and with that text. */
  static void refused(String code, String message, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceException.class,
            error -> {
              if (!error.code().equals(code)) {
                throw new AssertionError(code + " was expected, not " + error.code(), error);
              }
            })
        .hasMessage(message);
  }
}
