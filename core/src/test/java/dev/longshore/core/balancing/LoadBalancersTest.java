package dev.longshore.core.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.operation.Given;
import dev.longshore.shapes.ServiceException;
import dev.longshore.shapes.elbv2.AddTagsInput;
import dev.longshore.shapes.elbv2.CreateLoadBalancerInput;
import dev.longshore.shapes.elbv2.DeleteLoadBalancerInput;
import dev.longshore.shapes.elbv2.DescribeListenersInput;
import dev.longshore.shapes.elbv2.DescribeLoadBalancerAttributesInput;
import dev.longshore.shapes.elbv2.DescribeLoadBalancersInput;
import dev.longshore.shapes.elbv2.DescribeTagsInput;
import dev.longshore.shapes.elbv2.LoadBalancer;
import dev.longshore.shapes.elbv2.LoadBalancerAttribute;
import dev.longshore.shapes.elbv2.ModifyLoadBalancerAttributesInput;
import dev.longshore.shapes.elbv2.Tag;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class LoadBalancersTest {
  private final Shore shore = new Shore();

  @Test
  void a_new_load_balancer_is_provisioning_and_has_no_addresses_yet() {
    LoadBalancer made = shore.balancer("web");
    assertThat(made.loadBalancerArn())
        .matches(
            "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/web/"
                + "[0-9a-f]{16}");
    assertThat(made.dnsName()).matches("web-[0-9]+\\.elb\\.localhost");
    assertThat(made.scheme()).isEqualTo("internet-facing");
    assertThat(made.type()).isEqualTo("application");
    assertThat(Objects.requireNonNull(made.state()).code_()).isEqualTo("provisioning");
    assertThat(made.availabilityZones())
        .allSatisfy(zone -> assertThat(zone.loadBalancerAddresses()).isEmpty())
        .extracting(zone -> zone.zoneName() + ' ' + zone.subnetId())
        .containsExactly("us-east-1a subnet-a", "us-east-1b subnet-b");
  }

  @Test
  void creating_the_same_twice_gives_the_one_and_other_settings_are_refused() {
    LoadBalancer made = shore.balancer("web");
    assertThat(shore.balancer("web")).isEqualTo(made);
    Shore.refused(
        "DuplicateLoadBalancerName",
        "A load balancer with the same name 'web' exists, but with different settings",
        () -> shore.balancer(Shore.request("web").scheme("internal").build()));
  }

  @Test
  void each_load_balancer_has_an_address_of_its_own() {
    shore.balancer("one");
    LoadBalancer two = shore.balancer("two");
    assertThat(shore.harbour.state().all(dev.longshore.core.model.LoadBalancer.KIND))
        .extracting(dev.longshore.core.model.LoadBalancer::address)
        .containsExactlyInAnyOrder("127.77.0.1", "127.77.0.2");
    delete(Given.text(two.loadBalancerArn()));
    shore.balancer("three");
    assertThat(shore.harbour.state().all(dev.longshore.core.model.LoadBalancer.KIND))
        .extracting(dev.longshore.core.model.LoadBalancer::address)
        .containsExactlyInAnyOrder("127.77.0.1", "127.77.0.2");
  }

  @Test
  void an_application_load_balancer_needs_two_zones_and_one_subnet_in_each() {
    Shore.refused(
        "ValidationError",
        "At least two subnets in two different Availability Zones must be specified",
        () -> shore.balancer(Shore.request("web").subnets(List.of("subnet-a")).build()));
    shore.balancer(
        Shore.request("web").subnets(List.of("subnet-a", "subnet-b", "subnet-c")).build());
    Shore.refused(
        "InvalidConfigurationRequest",
        "A load balancer cannot be attached to multiple subnets in the same Availability Zone",
        () ->
            shore.balancer(
                Shore.request("api")
                    .subnets(List.of("subnet-a", "subnet-b", "subnet-c", "subnet-d"))
                    .build()));
    Shore.refused(
        "SubnetNotFound",
        "The subnet ID 'net-a' does not exist",
        () -> shore.balancer(Shore.request("api").subnets(List.of("net-a")).build()));
    LoadBalancer network =
        shore.balancer(Shore.request("tcp").type("network").subnets(List.of("subnet-a")).build());
    assertThat(network.loadBalancerArn()).contains(":loadbalancer/net/tcp/");
    assertThat(network.dnsName()).matches("tcp-[0-9a-f]{16}\\.elb\\.localhost");
    assertThat(network.securityGroups()).isNull();
  }

  @Test
  void names_are_of_32_letters_digits_and_hyphens() {
    for (String name : List.of("", "a".repeat(33), "-a", "a-", "a_b", "internal-a", "ä")) {
      assertThatThrownBy(() -> shore.balancer(name))
          .as(name)
          .isInstanceOfSatisfying(
              ServiceException.class,
              error -> assertThat(error.code()).isEqualTo("ValidationError"));
    }
    shore.balancer("a".repeat(32));
  }

  @Test
  void an_unknown_load_balancer_is_not_found() {
    LoadBalancer made = shore.balancer("web");
    Shore.refused(
        "LoadBalancerNotFound",
        "One or more load balancers not found",
        () -> describe(DescribeLoadBalancersInput.builder().names(List.of("web", "api")).build()));
    Shore.refused(
        "LoadBalancerNotFound",
        "One or more load balancers not found",
        () ->
            describe(
                DescribeLoadBalancersInput.builder()
                    .loadBalancerArns(List.of(made.loadBalancerArn() + "0"))
                    .build()));
    Shore.refused(
        "ValidationError",
        "'web' is not a valid load balancer ARN",
        () ->
            describe(
                DescribeLoadBalancersInput.builder().loadBalancerArns(List.of("web")).build()));
  }

  private List<LoadBalancer> describe(DescribeLoadBalancersInput request) {
    return Given.list(shore.harbour.ask(new DescribeLoadBalancers(), request).loadBalancers());
  }

  @Test
  void load_balancers_are_listed_page_by_page() {
    for (String name : List.of("a", "b", "c")) {
      shore.balancer(name);
    }
    var first =
        shore.harbour.ask(
            new DescribeLoadBalancers(), DescribeLoadBalancersInput.builder().pageSize(2).build());
    assertThat(first.loadBalancers()).hasSize(2);
    var second =
        shore.harbour.ask(
            new DescribeLoadBalancers(),
            DescribeLoadBalancersInput.builder().pageSize(2).marker(first.nextMarker()).build());
    assertThat(second.loadBalancers()).hasSize(1);
    assertThat(second.nextMarker()).isNull();
    Shore.refused(
        "ValidationError",
        "Invalid marker",
        () -> describe(DescribeLoadBalancersInput.builder().marker("?").build()));
  }

  private void delete(String arn) {
    shore.harbour.call(new DeleteLoadBalancer(), new DeleteLoadBalancerInput(arn));
  }

  @Test
  void deleting_takes_listeners_along_is_idempotent_and_can_be_forbidden() {
    LoadBalancer made = shore.balancer("web");
    String arn = Given.text(made.loadBalancerArn());
    var listener = shore.listener(made, 80, Shore.fixed("200"));
    set(arn, "deletion_protection.enabled", "true");
    Shore.refused(
        "OperationNotPermitted",
        "Load balancer '" + arn + "' cannot be deleted because deletion protection is enabled",
        () -> delete(arn));
    set(arn, "deletion_protection.enabled", "false");
    delete(arn);
    delete(arn);
    assertThat(describe(DescribeLoadBalancersInput.builder().build())).isEmpty();
    Shore.refused(
        "ListenerNotFound",
        "One or more listeners not found",
        () ->
            shore.harbour.ask(
                new DescribeListeners(),
                DescribeListenersInput.builder()
                    .listenerArns(List.of(Given.text(listener.listenerArn())))
                    .build()));
  }

  private List<LoadBalancerAttribute> set(String arn, String key, String value) {
    return Given.list(
        shore
            .harbour
            .call(
                new ModifyLoadBalancerAttributes(),
                new ModifyLoadBalancerAttributesInput(
                    arn, List.of(new LoadBalancerAttribute(key, value))))
            .attributes());
  }

  @Test
  void attributes_have_defaults_bounds_and_known_keys() {
    String arn = Given.text(shore.balancer("web").loadBalancerArn());
    var shown =
        shore.harbour.ask(
            new DescribeLoadBalancerAttributes(), new DescribeLoadBalancerAttributesInput(arn));
    assertThat(shown.attributes())
        .hasSize(20)
        .contains(
            new LoadBalancerAttribute("idle_timeout.timeout_seconds", "60"),
            new LoadBalancerAttribute("client_keep_alive.seconds", "3600"),
            new LoadBalancerAttribute("routing.http2.enabled", "true"),
            new LoadBalancerAttribute("routing.http.desync_mitigation_mode", "defensive"),
            new LoadBalancerAttribute("load_balancing.cross_zone.enabled", "true"));
    assertThat(set(arn, "idle_timeout.timeout_seconds", "4000"))
        .contains(new LoadBalancerAttribute("idle_timeout.timeout_seconds", "4000"));
    for (String value : List.of("0", "4001", "x", "-1", "")) {
      Shore.refused(
          "ValidationError",
          "Load balancer attribute value '"
              + value
              + "' is not valid for the key 'idle_timeout.timeout_seconds'",
          () -> set(arn, "idle_timeout.timeout_seconds", value));
    }
    Shore.refused(
        "ValidationError",
        "Load balancer attribute key 'a.b' is not recognized",
        () -> set(arn, "a.b", "true"));
  }

  @Test
  void tags_are_put_and_shown() {
    String arn =
        Given.text(
            shore
                .balancer(
                    CreateLoadBalancerInput.builder()
                        .name("web")
                        .subnets(List.of("subnet-a", "subnet-b"))
                        .tags(List.of(new Tag("a", "1")))
                        .build())
                .loadBalancerArn());
    shore.harbour.call(
        new AddTags(),
        new AddTagsInput(List.of(arn), List.of(new Tag("a", "2"), new Tag("b", null))));
    var shown = shore.harbour.ask(new DescribeTags(), new DescribeTagsInput(List.of(arn)));
    assertThat(Given.list(shown.tagDescriptions()).getFirst().tags())
        .containsExactly(new Tag("a", "2"), new Tag("b", null));
    Shore.refused(
        "DuplicateTagKeys",
        "Duplicate tag keys found in request",
        () ->
            shore.harbour.call(
                new AddTags(),
                new AddTagsInput(List.of(arn), List.of(new Tag("c", "1"), new Tag("c", "2")))));
  }
}
