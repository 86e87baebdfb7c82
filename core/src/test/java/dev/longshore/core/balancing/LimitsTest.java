package dev.longshore.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.elbv2.Action;
import dev.longshore.shapes.elbv2.AddListenerCertificatesInput;
import dev.longshore.shapes.elbv2.Certificate;
import dev.longshore.shapes.elbv2.CreateListenerInput;
import dev.longshore.shapes.elbv2.DescribeAccountLimitsInput;
import dev.longshore.shapes.elbv2.ForwardActionConfig;
import dev.longshore.shapes.elbv2.Limit;
import dev.longshore.shapes.elbv2.Listener;
import dev.longshore.shapes.elbv2.LoadBalancer;
import dev.longshore.shapes.elbv2.Tag;
import dev.longshore.shapes.elbv2.TargetGroupTuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** That there is as much as DescribeAccountLimits says, and not one more. */
class LimitsTest {
  private static final String CERTIFICATE = "arn:aws:acm:us-east-1:123456789012:certificate/";

  private final Shore shore = new Shore();
  private final Map<String, Integer> limits = new TreeMap<>();

  LimitsTest() {
    var answer =
        shore.harbour.ask(
            new DescribeAccountLimits(), DescribeAccountLimitsInput.builder().build());
    for (Limit each : Given.list(answer.limits())) {
      limits.put(Given.text(each.name()), Integer.parseInt(Given.text(each.max())));
    }
  }

  private int limit(String name) {
    assertThat(limits).containsKey(name);
    return limits.getOrDefault(name, 0);
  }

  private LoadBalancer network(String name) {
    return shore.balancer(Shore.request(name).type("network").build());
  }

  private static String address(int number) {
    return "10.0." + number / 250 + '.' + (number % 250 + 1);
  }

  private void register(String group, int from, int until) {
    String[] addresses = new String[until - from];
    for (int i = from; i < until; i++) {
      addresses[i - from] = address(i);
    }
    shore.register(group, addresses);
  }

  @Test
  void load_balancers_are_counted_by_kind() {
    int most = limit("application-load-balancers");
    for (int i = 0; i < most; i++) {
      shore.balancer("web-" + i);
    }
    Shore.refused(
        "TooManyLoadBalancers",
        "The maximum number of load balancers has been reached",
        () -> shore.balancer("another"));
    for (int i = 0; i < limit("network-load-balancers"); i++) {
      network("net-" + i);
    }
    Shore.refused(
        "TooManyLoadBalancers",
        "The maximum number of load balancers has been reached",
        () -> network("another"));
  }

  @Test
  void a_load_balancer_has_so_many_listeners() {
    for (String kind : List.of("application", "network")) {
      LoadBalancer balancer = shore.balancer(Shore.request(kind).type(kind).build());
      String protocol = kind.equals("network") ? "TCP" : "HTTP";
      Action action = Shore.forward(shore.groupArn(Shore.group(kind).protocol(protocol)));
      int most = limit("listeners-per-" + kind + "-load-balancer");
      for (int port = 1; port <= most; port++) {
        shore.listener(balancer, port, action);
      }
      Shore.refused(
          "TooManyListeners",
          "The maximum number of listeners per load balancer has been reached",
          () -> shore.listener(balancer, most + 1, action));
    }
  }

  @Test
  void rules_are_counted_over_all_listeners_without_the_default_ones() {
    LoadBalancer balancer = shore.balancer("web");
    Listener one = shore.listener(balancer, 80, Shore.fixed("200"));
    Listener two = shore.listener(balancer, 81, Shore.fixed("200"));
    int most = limit("rules-per-application-load-balancer");
    for (int priority = 1; priority <= most; priority++) {
      shore.rule(priority % 2 == 0 ? one : two, priority, Shore.fixed("201"), Shore.path("/a"));
    }
    Shore.refused(
        "TooManyRules",
        "The maximum number of rules per load balancer has been reached",
        () -> shore.rule(one, most + 1, Shore.fixed("201"), Shore.path("/a")));
  }

  @Test
  void target_groups_are_counted_by_account_by_action_and_by_load_balancer() {
    int most = limit("target-groups");
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < most; i++) {
      groups.add(shore.groupArn(Shore.group("group-" + i)));
    }
    Shore.refused(
        "TooManyTargetGroups",
        "The maximum number of target groups has been reached",
        () -> shore.groupArn(Shore.group("another")));
    LoadBalancer balancer = shore.balancer("web");
    int each = limit("target-groups-per-action-on-application-load-balancer");
    Shore.refused(
        "TooManyTargetGroups",
        "A forward action can have up to '" + each + "' target groups",
        () -> shore.listener(balancer, 80, all(groups.subList(0, each + 1))));
    int all = limit("target-groups-per-application-load-balancer");
    Listener listener = shore.listener(balancer, 80, all(groups.subList(0, each)));
    for (int i = 1; i < all / each; i++) {
      shore.rule(listener, i, all(groups.subList(i * each, (i + 1) * each)), Shore.path("/a"));
    }
    Shore.refused(
        "TooManyUniqueTargetGroupsPerLoadBalancer",
        "The maximum number of unique target groups per load balancer has been reached",
        () -> shore.rule(listener, all, Shore.forward(groups.get(all)), Shore.path("/a")));
  }

  private static Action all(List<String> groups) {
    List<TargetGroupTuple> tuples =
        groups.stream().map(each -> new TargetGroupTuple(each, 1)).toList();
    return Action.builder()
        .type("forward")
        .forwardConfig(new ForwardActionConfig(tuples, null))
        .build();
  }

  @Test
  void targets_are_counted_by_group_and_by_load_balancer() {
    int most = limit("targets-per-target-group");
    String full = shore.groupArn(Shore.group("full"));
    register(full, 0, most);
    register(full, 0, most);
    Shore.refused(
        "TooManyTargets",
        "The maximum number of targets per target group has been reached",
        () -> shore.register(full, address(most)));
    LoadBalancer balancer = shore.balancer("web");
    Listener listener = shore.listener(balancer, 80, Shore.forward(full));
    String other = shore.groupArn(Shore.group("other"));
    shore.rule(listener, 1, Shore.forward(other), Shore.path("/a"));
    String text =
        "The maximum number of targets per load balancer '"
            + limit("targets-per-application-load-balancer")
            + "' has been reached";
    Shore.refused("TooManyTargets", text, () -> shore.register(other, address(1)));
    String third = shore.groupArn(Shore.group("third"));
    shore.register(third, address(1));
    Shore.refused(
        "TooManyTargets",
        text,
        () -> shore.rule(listener, 2, Shore.forward(third), Shore.path("/b")));
  }

  private Listener secure(LoadBalancer balancer, int port) {
    return Given.list(
            shore
                .harbour
                .call(
                    new CreateListener(),
                    CreateListenerInput.builder()
                        .loadBalancerArn(balancer.loadBalancerArn())
                        .protocol("HTTPS")
                        .port(port)
                        .certificates(List.of(certificate("usual")))
                        .defaultActions(List.of(Shore.fixed("200")))
                        .build())
                .listeners())
        .getFirst();
  }

  private static Certificate certificate(String name) {
    return Certificate.builder().certificateArn(CERTIFICATE + name).build();
  }

  private void add(Listener to, String... names) {
    List<Certificate> all = java.util.Arrays.stream(names).map(LimitsTest::certificate).toList();
    shore.harbour.call(
        new AddListenerCertificates(),
        new AddListenerCertificatesInput(Given.text(to.listenerArn()), all));
  }

  @Test
  void certificates_are_counted_over_all_listeners_without_the_default_ones() {
    LoadBalancer balancer = shore.balancer("web");
    Listener one = secure(balancer, 443);
    Listener two = secure(balancer, 444);
    for (int i = 0; i < limit("certificates-per-application-load-balancer"); i++) {
      add(i % 2 == 0 ? one : two, "name-" + i);
    }
    add(one, "name-0");
    Shore.refused(
        "TooManyCertificates",
        "The maximum number of certificates per load balancer has been reached",
        () -> add(two, "another"));
  }

  @Test
  void a_rule_has_so_many_values_and_wildcards() {
    Listener listener = shore.listener(shore.balancer("web"), 80, Shore.fixed("200"));
    int values = limit("condition-values-per-alb-rule");
    String[] paths = new String[values + 1];
    java.util.Arrays.setAll(paths, i -> "/" + i);
    Shore.refused(
        "ValidationError",
        "A rule can only have '" + values + "' condition values",
        () -> shore.rule(listener, 1, Shore.fixed("200"), Shore.path(paths)));
    int wildcards = limit("condition-wildcards-per-alb-rule");
    Shore.refused(
        "ValidationError",
        "A rule can only have '" + wildcards + "' condition wildcards",
        () ->
            shore.rule(
                listener, 1, Shore.fixed("200"), Shore.path("/" + "*a".repeat(wildcards + 1))));
  }

  @Test
  void something_has_fifty_tags() {
    List<Tag> tags = new ArrayList<>();
    for (int i = 0; i < 51; i++) {
      tags.add(new Tag("key-" + i, "value"));
    }
    Shore.refused(
        "TooManyTags",
        "The maximum number of tags ('50') that can be assigned has been reached",
        () -> shore.balancer(Shore.request("web").tags(tags).build()));
  }
}
