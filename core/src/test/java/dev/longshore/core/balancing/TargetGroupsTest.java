package dev.longshore.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.Target;
import dev.longshore.core.operation.Given;
import dev.longshore.shapes.elbv2.DeleteTargetGroupInput;
import dev.longshore.shapes.elbv2.DeregisterTargetsInput;
import dev.longshore.shapes.elbv2.DescribeTargetGroupAttributesInput;
import dev.longshore.shapes.elbv2.DescribeTargetGroupsInput;
import dev.longshore.shapes.elbv2.Matcher;
import dev.longshore.shapes.elbv2.ModifyTargetGroupAttributesInput;
import dev.longshore.shapes.elbv2.TargetGroup;
import dev.longshore.shapes.elbv2.TargetGroupAttribute;
import dev.longshore.shapes.elbv2.TargetHealth;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TargetGroupsTest {
  private final Shore shore = new Shore();

  @Test
  void a_group_of_addresses_over_http_has_the_defaults() {
    TargetGroup made = shore.create(Shore.group("web"));
    assertThat(made.targetGroupArn()).contains(":targetgroup/web/");
    assertThat(made.healthCheckIntervalSeconds()).isEqualTo(30);
    assertThat(made.healthCheckTimeoutSeconds()).isEqualTo(5);
    assertThat(made.healthyThresholdCount()).isEqualTo(5);
    assertThat(made.unhealthyThresholdCount()).isEqualTo(2);
    assertThat(made.healthCheckPath()).isEqualTo("/");
    assertThat(made.healthCheckPort()).isEqualTo("traffic-port");
    assertThat(made.healthCheckProtocol()).isEqualTo("HTTP");
    assertThat(made.healthCheckEnabled()).isTrue();
    assertThat(made.matcher()).isEqualTo(new Matcher("200", null));
    assertThat(made.protocolVersion()).isEqualTo("HTTP1");
    assertThat(made.ipAddressType()).isEqualTo("ipv4");
    assertThat(made.loadBalancerArns()).isEmpty();
  }

  @Test
  void other_protocols_have_other_defaults() {
    TargetGroup grpc = shore.create(Shore.group("grpc").protocolVersion("GRPC"));
    assertThat(grpc.healthCheckPath()).isEqualTo("/AWS.ALB/healthcheck");
    assertThat(grpc.matcher()).isEqualTo(new Matcher(null, "12"));
    TargetGroup tcp = shore.create(Shore.group("tcp").protocol("TCP"));
    assertThat(tcp.healthCheckProtocol()).isEqualTo("TCP");
    assertThat(tcp.healthCheckTimeoutSeconds()).isEqualTo(10);
    assertThat(tcp.healthCheckPath()).isNull();
    assertThat(tcp.matcher()).isNull();
    assertThat(tcp.protocolVersion()).isNull();
    TargetGroup asked =
        shore.create(Shore.group("asked").protocol("TCP").healthCheckProtocol("HTTP"));
    assertThat(asked.healthCheckTimeoutSeconds()).isEqualTo(6);
    assertThat(asked.matcher()).isEqualTo(new Matcher("200-399", null));
  }

  @Test
  void what_is_missing_or_does_not_go_together_is_refused() {
    Shore.refused(
        "ValidationError",
        "A protocol must be specified",
        () -> shore.create(Shore.group("a").protocol(null)));
    Shore.refused(
        "ValidationError",
        "A port must be specified",
        () -> shore.create(Shore.group("a").port(null)));
    Shore.refused(
        "ValidationError",
        "A VPC ID must be specified",
        () -> shore.create(Shore.group("a").vpcId(null)));
    Shore.refused(
        "ValidationError",
        "Health check timeout '30' must be smaller than the interval '10'",
        () ->
            shore.create(
                Shore.group("a").healthCheckTimeoutSeconds(30).healthCheckIntervalSeconds(10)));
    for (String code : List.of("199", "200-500", "20x", "300-200", "200,", "")) {
      Shore.refused(
          "ValidationError",
          "Health check matcher HTTP code '" + code + "' must be within '200-499' inclusive",
          () -> shore.create(Shore.group("a").matcher(new Matcher(code, null))));
    }
  }

  @Test
  void creating_the_same_twice_gives_the_one_and_other_settings_are_refused() {
    TargetGroup made = shore.create(Shore.group("web"));
    assertThat(shore.create(Shore.group("web"))).isEqualTo(made);
    Shore.refused(
        "DuplicateTargetGroupName",
        "A target group with the same name 'web' exists, but with different settings",
        () -> shore.create(Shore.group("web").port(81)));
  }

  @Test
  void an_unknown_group_is_not_found() {
    Shore.refused(
        "TargetGroupNotFound",
        "One or more target groups not found",
        () ->
            shore.harbour.ask(
                new DescribeTargetGroups(),
                DescribeTargetGroupsInput.builder().names(List.of("web")).build()));
  }

  @Test
  void a_group_that_a_rule_uses_cannot_be_deleted() {
    String used = shore.groupArn(Shore.group("used"));
    var listener = shore.listener(shore.balancer("web"), 80, Shore.fixed("404"));
    var rule = shore.rule(listener, 1, Shore.forward(used), Shore.path("/a"));
    Shore.refused(
        "ResourceInUse",
        "Target group '" + used + "' is currently in use by a listener or a rule",
        () -> shore.harbour.call(new DeleteTargetGroup(), new DeleteTargetGroupInput(used)));
    shore.harbour.call(
        new DeleteRule(),
        new dev.longshore.shapes.elbv2.DeleteRuleInput(Given.text(rule.ruleArn())));
    shore.harbour.call(new DeleteTargetGroup(), new DeleteTargetGroupInput(used));
    shore.harbour.call(new DeleteTargetGroup(), new DeleteTargetGroupInput(used));
  }

  private List<TargetGroupAttribute> set(String arn, TargetGroupAttribute... attributes) {
    return Given.list(
        shore
            .harbour
            .call(
                new ModifyTargetGroupAttributes(),
                new ModifyTargetGroupAttributesInput(arn, List.of(attributes)))
            .attributes());
  }

  @Test
  void attributes_come_all_together_and_slow_start_goes_with_round_robin_only() {
    String arn = shore.groupArn(Shore.group("web"));
    assertThat(
            shore
                .harbour
                .ask(
                    new DescribeTargetGroupAttributes(),
                    new DescribeTargetGroupAttributesInput(arn))
                .attributes())
        .contains(
            new TargetGroupAttribute("deregistration_delay.timeout_seconds", "300"),
            new TargetGroupAttribute("stickiness.type", "lb_cookie"),
            new TargetGroupAttribute("load_balancing.algorithm.type", "round_robin"),
            new TargetGroupAttribute("slow_start.duration_seconds", "0"));
    set(arn, new TargetGroupAttribute("slow_start.duration_seconds", "30"));
    Shore.refused(
        "InvalidConfigurationRequest",
        "Slow start mode cannot be enabled together with the load balancing algorithm"
            + " 'least_outstanding_requests'",
        () ->
            set(
                arn,
                new TargetGroupAttribute(
                    "load_balancing.algorithm.type", "least_outstanding_requests")));
    for (String value : List.of("29", "901")) {
      Shore.refused(
          "ValidationError",
          "Target group attribute value '"
              + value
              + "' is not valid for the key 'slow_start.duration_seconds'",
          () -> set(arn, new TargetGroupAttribute("slow_start.duration_seconds", value)));
    }
  }

  @Test
  void targets_of_a_group_that_no_listener_names_are_unused() {
    String arn = shore.groupArn(Shore.group("web"));
    shore.register(arn, "10.0.0.1");
    var health = shore.health(arn).getFirst();
    assertThat(health.targetHealth())
        .isEqualTo(
            new TargetHealth(
                "unused",
                "Target.NotInUse",
                "Target group is not configured to receive traffic from the load balancer"));
    assertThat(health.healthCheckPort()).isEqualTo("8080");
    assertThat(Objects.requireNonNull(health.administrativeOverride()).state())
        .isEqualTo("no_override");
  }

  private String attached() {
    String arn = shore.groupArn(Shore.group("web"));
    shore.listener(shore.balancer("web"), 80, Shore.forward(arn));
    return arn;
  }

  private void deregister(String arn, String id) {
    shore.harbour.call(
        new DeregisterTargets(), new DeregisterTargetsInput(arn, List.of(Shore.target(id))));
  }

  private String state(String arn, String id) {
    return Given.text(
        Objects.requireNonNull(shore.health(arn, id).getFirst().targetHealth()).state());
  }

  @Test
  void a_registered_target_is_initial_and_then_as_it_was_found() {
    String arn = attached();
    shore.register(arn, "10.0.0.1");
    assertThat(shore.health(arn).getFirst().targetHealth())
        .isEqualTo(
            new TargetHealth(
                "initial", "Elb.RegistrationInProgress", "Target registration is in progress"));
    shore.found(arn, "10.0.0.1", 8080, "healthy", "", "");
    assertThat(shore.health(arn).getFirst().targetHealth())
        .isEqualTo(new TargetHealth("healthy", null, null));
    shore.found(
        arn,
        "10.0.0.1",
        8080,
        "unhealthy",
        "Target.ResponseCodeMismatch",
        "Health checks failed with these codes: [500]");
    assertThat(shore.health(arn).getFirst().targetHealth())
        .isEqualTo(
            new TargetHealth(
                "unhealthy",
                "Target.ResponseCodeMismatch",
                "Health checks failed with these codes: [500]"));
  }

  @Test
  void a_deregistered_target_drains_for_the_delay_and_is_gone_then() {
    String arn = attached();
    set(arn, new TargetGroupAttribute("deregistration_delay.timeout_seconds", "30"));
    shore.register(arn, "10.0.0.1");
    deregister(arn, "10.0.0.1");
    assertThat(shore.health(arn).getFirst().targetHealth())
        .isEqualTo(
            new TargetHealth(
                "draining",
                "Target.DeregistrationInProgress",
                "Target deregistration is in progress"));
    shore.harbour.advance(Duration.ofSeconds(29));
    assertThat(state(arn, "10.0.0.1")).isEqualTo("draining");
    shore.harbour.advance(Duration.ofSeconds(1));
    assertThat(shore.health(arn)).isEmpty();
    assertThat(shore.health(arn, "10.0.0.1").getFirst().targetHealth())
        .isEqualTo(
            new TargetHealth(
                "unused", "Target.NotRegistered", "Target is not registered to the target group"));
  }

  @Test
  void without_a_delay_a_deregistered_target_is_gone_at_once() {
    String arn = attached();
    set(arn, new TargetGroupAttribute("deregistration_delay.timeout_seconds", "0"));
    shore.register(arn, "10.0.0.1");
    deregister(arn, "10.0.0.1");
    assertThat(shore.health(arn)).isEmpty();
  }

  @Test
  void registering_again_takes_a_draining_target_back() {
    String arn = attached();
    shore.register(arn, "10.0.0.1");
    deregister(arn, "10.0.0.1");
    shore.register(arn, "10.0.0.1");
    assertThat(state(arn, "10.0.0.1")).isEqualTo("initial");
    shore.harbour.advance(Duration.ofSeconds(400));
    assertThat(shore.harbour.state().count(Target.KIND)).isEqualTo(1);
  }

  @Test
  void a_late_report_of_a_draining_target_changes_nothing() {
    String arn = attached();
    shore.register(arn, "10.0.0.1");
    deregister(arn, "10.0.0.1");
    shore.found(arn, "10.0.0.1", 8080, "healthy", "", "");
    assertThat(state(arn, "10.0.0.1")).isEqualTo("draining");
  }

  @Test
  void only_private_addresses_and_known_instances_are_targets() {
    String addresses = shore.groupArn(Shore.group("ips"));
    Shore.refused(
        "InvalidTarget",
        "The IP address '8.8.8.8' is not in a private network",
        () -> shore.register(addresses, "8.8.8.8"));
    for (String text : List.of("10.0.0", "10.0.0.256", "10.0.0.01", "x")) {
      Shore.refused(
          "ValidationError",
          "The IP address '" + text + "' is not a valid IPv4 address",
          () -> shore.register(addresses, text));
    }
    String instances = shore.groupArn(Shore.group("instances").targetType("instance"));
    Shore.refused(
        "InvalidTarget",
        "The following targets are not in a running state and cannot be registered: 'i-1'",
        () -> shore.register(instances, "i-1"));
    Shore.refused(
        "ValidationError",
        "Instance ID '10.0.0.1' is not valid",
        () -> shore.register(instances, "10.0.0.1"));
  }
}
