package dev.longshore.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.DeleteRuleInput;
import dev.longshore.shapes.elbv2.DescribeRulesInput;
import dev.longshore.shapes.elbv2.ForwardActionConfig;
import dev.longshore.shapes.elbv2.HostHeaderConditionConfig;
import dev.longshore.shapes.elbv2.Listener;
import dev.longshore.shapes.elbv2.ListenerAttribute;
import dev.longshore.shapes.elbv2.LoadBalancer;
import dev.longshore.shapes.elbv2.ModifyListenerAttributesInput;
import dev.longshore.shapes.elbv2.ModifyListenerInput;
import dev.longshore.shapes.elbv2.PathPatternConditionConfig;
import dev.longshore.shapes.elbv2.RedirectActionConfig;
import dev.longshore.shapes.elbv2.Rule;
import dev.longshore.shapes.elbv2.RuleCondition;
import dev.longshore.shapes.elbv2.RulePriorityPair;
import dev.longshore.shapes.elbv2.SetRulePrioritiesInput;
import dev.longshore.shapes.elbv2.TargetGroupStickinessConfig;
import dev.longshore.shapes.elbv2.TargetGroupTuple;
import java.util.List;
import org.junit.jupiter.api.Test;

class ListenerRulesTest {
  private final Shore shore = new Shore();
  private final LoadBalancer balancer = shore.balancer("web");
  private final String group = shore.groupArn(Shore.group("web"));
  private final Listener listener = shore.listener(balancer, 80, Shore.forward(group));

  private List<Rule> rules() {
    return Given.list(
        shore
            .harbour
            .ask(
                new DescribeRules(),
                DescribeRulesInput.builder().listenerArn(listener.listenerArn()).build())
            .rules());
  }

  @Test
  void a_forward_to_one_group_is_echoed_in_both_ways() {
    assertThat(listener.defaultActions())
        .containsExactly(
            Action.builder()
                .type("forward")
                .targetGroupArn(group)
                .forwardConfig(
                    new ForwardActionConfig(
                        List.of(new TargetGroupTuple(group, 1)),
                        new TargetGroupStickinessConfig(false, null)))
                .build());
  }

  @Test
  void one_listener_has_a_port_and_the_same_again_is_the_same() {
    assertThat(shore.listener(balancer, 80, Shore.forward(group))).isEqualTo(listener);
    String taken =
        "A listener already exists on this port for this load balancer '"
            + balancer.loadBalancerArn()
            + "'";
    Shore.refused(
        "DuplicateListener", taken, () -> shore.listener(balancer, 80, Shore.fixed("200")));
    Listener other = shore.listener(balancer, 81, Shore.fixed("200"));
    Shore.refused(
        "DuplicateListener",
        taken,
        () ->
            shore.harbour.call(
                new ModifyListener(),
                ModifyListenerInput.builder().listenerArn(other.listenerArn()).port(80).build()));
  }

  @Test
  void a_group_belongs_to_one_load_balancer() {
    Shore.refused(
        "TargetGroupAssociationLimit",
        "The following target groups cannot be associated with more than one load balancer: "
            + group,
        () -> shore.listener(shore.balancer("api"), 80, Shore.forward(group)));
  }

  @Test
  void rules_are_described_by_priority_and_the_default_one_last() {
    shore.rule(listener, 10, Shore.forward(group), Shore.path("/b"));
    shore.rule(listener, 5, Shore.fixed("200"), Shore.path("/a"));
    assertThat(rules()).extracting(Rule::priority).containsExactly("5", "10", "default");
    assertThat(rules()).extracting(Rule::isDefault).containsExactly(false, false, true);
    assertThat(rules()).allSatisfy(rule -> assertThat(rule.transforms()).isEmpty());
    Rule byDefault = rules().getLast();
    assertThat(
            shore
                .harbour
                .ask(
                    new DescribeRules(),
                    DescribeRulesInput.builder()
                        .ruleArns(List.of(Given.text(byDefault.ruleArn())))
                        .build())
                .rules())
        .containsExactly(byDefault);
  }

  @Test
  void a_priority_is_had_once() {
    shore.rule(listener, 5, Shore.forward(group), Shore.path("/a"));
    Shore.refused(
        "PriorityInUse",
        "Priority '5' is currently in use",
        () -> shore.rule(listener, 5, Shore.forward(group), Shore.path("/b")));
  }

  @Test
  void the_default_rule_cannot_be_deleted_or_moved() {
    String arn = Given.text(rules().getLast().ruleArn());
    Shore.refused(
        "OperationNotPermitted",
        "Default rule '" + arn + "' cannot be modified or deleted",
        () -> shore.harbour.call(new DeleteRule(), new DeleteRuleInput(arn)));
    Shore.refused(
        "OperationNotPermitted",
        "Default rule '" + arn + "' cannot be modified or deleted",
        () ->
            shore.harbour.call(
                new SetRulePriorities(),
                new SetRulePrioritiesInput(List.of(new RulePriorityPair(arn, 1)))));
  }

  @Test
  void priorities_are_swapped_at_once() {
    String a = Given.text(shore.rule(listener, 1, Shore.fixed("200"), Shore.path("/a")).ruleArn());
    String b = Given.text(shore.rule(listener, 2, Shore.fixed("200"), Shore.path("/b")).ruleArn());
    shore.harbour.call(
        new SetRulePriorities(),
        new SetRulePrioritiesInput(
            List.of(new RulePriorityPair(a, 2), new RulePriorityPair(b, 1))));
    assertThat(rules()).extracting(Rule::ruleArn).startsWith(b, a);
    Shore.refused(
        "PriorityInUse",
        "Priority '2' is currently in use",
        () ->
            shore.harbour.call(
                new SetRulePriorities(),
                new SetRulePrioritiesInput(List.of(new RulePriorityPair(b, 2)))));
  }

  @Test
  void conditions_come_in_the_services_order_and_paths_and_hosts_twice() {
    RuleCondition host =
        RuleCondition.builder()
            .field("host-header")
            .hostHeaderConfig(new HostHeaderConditionConfig(List.of("*.example.com"), null))
            .build();
    Rule made = shore.rule(listener, 1, Shore.forward(group), Shore.path("/blue/*"), host);
    assertThat(made.conditions())
        .containsExactly(
            RuleCondition.builder()
                .field("host-header")
                .values(List.of("*.example.com"))
                .hostHeaderConfig(new HostHeaderConditionConfig(List.of("*.example.com"), null))
                .build(),
            RuleCondition.builder()
                .field("path-pattern")
                .values(List.of("/blue/*"))
                .pathPatternConfig(new PathPatternConditionConfig(List.of("/blue/*"), null))
                .build());
  }

  @Test
  void a_rule_has_at_most_five_values_and_one_condition_of_most_kinds() {
    Shore.refused(
        "ValidationError",
        "A rule can only have '5' condition values",
        () ->
            shore.rule(
                listener, 1, Shore.forward(group), Shore.path("/a", "/b", "/c", "/d", "/e", "/f")));
    Shore.refused(
        "ValidationError",
        "A rule can only have one 'path-pattern' condition",
        () -> shore.rule(listener, 1, Shore.forward(group), Shore.path("/a"), Shore.path("/b")));
    Shore.refused(
        "ValidationError",
        "A rule can only have '5' condition wildcards",
        () -> shore.rule(listener, 1, Shore.forward(group), Shore.path("/a**", "/?*", "/**")));
  }

  @Test
  void a_redirect_is_completed_and_must_lead_elsewhere() {
    Action redirect =
        Action.builder()
            .type("redirect")
            .redirectConfig(
                RedirectActionConfig.builder().path("/blue").statusCode("HTTP_302").build())
            .build();
    Rule made = shore.rule(listener, 1, redirect, Shore.path("/a"));
    assertThat(Given.list(made.actions()).getFirst().redirectConfig())
        .isEqualTo(
            new RedirectActionConfig(
                "#{protocol}", "#{port}", "#{host}", "/blue", "#{query}", "HTTP_302"));
    Action nowhere =
        Action.builder()
            .type("redirect")
            .redirectConfig(
                RedirectActionConfig.builder().query("a=b").statusCode("HTTP_301").build())
            .build();
    Shore.refused(
        "ValidationError",
        "The redirect configuration is not valid because it creates a loop",
        () -> shore.rule(listener, 2, nowhere, Shore.path("/a")));
  }

  @Test
  void an_https_listener_needs_one_certificate_and_gets_the_usual_policy() {
    var request =
        CreateListenerInput.builder()
            .loadBalancerArn(balancer.loadBalancerArn())
            .protocol("HTTPS")
            .port(443)
            .defaultActions(List.of(Shore.fixed("200")));
    Shore.refused(
        "ValidationError",
        "A certificate must be specified for HTTPS listeners",
        () -> shore.harbour.call(new CreateListener(), request.build()));
    String certificate = "arn:aws:acm:us-east-1:123456789012:certificate/shop";
    request.certificates(List.of(new dev.longshore.shapes.elbv2.Certificate(certificate, null)));
    Listener made =
        Given.list(shore.harbour.call(new CreateListener(), request.build()).listeners())
            .getFirst();
    assertThat(made.sslPolicy()).isEqualTo("ELBSecurityPolicy-2016-08");
    request.port(444).sslPolicy("none");
    Shore.refused(
        "SSLPolicyNotFound",
        "SSL policy 'none' not found",
        () -> shore.harbour.call(new CreateListener(), request.build()));
    request.sslPolicy("ELBSecurityPolicy-TLS-1-1-2017-01");
    Shore.refused(
        "UnsupportedFeatureException",
        "Longshore does not support versions of TLS before 1.2, so no policy"
            + " ELBSecurityPolicy-TLS-1-1-2017-01 yet.",
        () -> shore.harbour.call(new CreateListener(), request.build()));
  }

  @Test
  void headers_that_a_listener_adds_are_of_visible_characters() {
    String key = "routing.http.response.x_frame_options.header_value";
    var request =
        ModifyListenerAttributesInput.builder().listenerArn(Given.text(listener.listenerArn()));
    request.attributes(List.of(new ListenerAttribute(key, "DENY")));
    assertThat(shore.harbour.call(new ModifyListenerAttributes(), request.build()).attributes())
        .contains(new ListenerAttribute(key, "DENY"));
    request.attributes(List.of(new ListenerAttribute(key, "DENY\r\nX: y")));
    Shore.refused(
        "ValidationError",
        "Listener attribute value 'DENY\r\nX: y' is not valid for the key '" + key + "'",
        () -> shore.harbour.call(new ModifyListenerAttributes(), request.build()));
  }
}
