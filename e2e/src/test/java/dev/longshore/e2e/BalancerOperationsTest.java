package dev.longshore.e2e;

import static dev.longshore.e2e.Balancer.fixed;
import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** What users and tools do with load balancers beside sending traffic, by the real AWS CLI. */
class BalancerOperationsTest {
  private static Site site;
  private static Balancer first;

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(0);
    first = Balancer.make(site.aws, "first");
  }

  @AfterAll
  static void stop() throws IOException {
    site.close();
  }

  @BesideOthers
  void load_balancers_with_the_same_port_have_addresses_of_their_own() throws Exception {
    Balancer second = Balancer.make(site.aws, "second");
    first.rule("/who", fixed(200, "text/plain", "the first"));
    second.rule("/who", fixed(200, "text/plain", "the second"));
    assertThat(first.curl("/who")).endsWith("the first");
    assertThat(second.curl("/who")).endsWith("the second");
    assertThat(second.address()).isNotEqualTo(first.address());
    String port = site.endpoint.substring(site.endpoint.lastIndexOf(':') + 1);
    try (Program list =
        Program.start(List.of(), "lb", "ls", "--data-dir", site.data.toString(), "--port", port)) {
      assertThat(list.status()).isZero();
      assertThat(list.printed())
          .anyMatch(line -> line.contains("first") && line.contains(at(first)))
          .anyMatch(line -> line.contains("second") && line.contains(at(second)));
    }
    assertThat(asked("first")).endsWith("the first");
    assertThat(asked("second")).isEqualTo("the second");
  }

  private static String at(Balancer balancer) {
    return balancer.address() + ':' + Balancer.PORT;
  }

  /** What a client gets that knows nothing but the name: it takes such a name for 127.0.0.1. */
  private static String asked(String balancer) throws Exception {
    String name =
        first.elbv2("describe-load-balancers --query LoadBalancers[0].DNSName --names " + balancer);
    assertThat(name).matches(balancer + "-[0-9a-z]+\\.elb\\.localhost");
    return Shell.of("curl").ok("-sS", "http://" + name + ':' + Balancer.PORT + "/who");
  }

  @BesideOthers
  void the_same_again_is_the_same_and_other_settings_are_a_duplicate() throws Exception {
    String same = "create-load-balancer --name first --subnets subnet-a subnet-b";
    assertThat(first.elbv2(same + " --query LoadBalancers[0].LoadBalancerArn"))
        .isEqualTo(first.arn());
    assertThat(first.refused(same + " --scheme internal"))
        .contains("(DuplicateLoadBalancerName)")
        .contains("A load balancer with the same name 'first' exists, but with different settings");
  }

  @BesideOthers
  void lists_have_pages_and_are_narrowed_by_names() throws Exception {
    for (String name : List.of("page-1", "page-2", "page-3")) {
      first.group(name);
    }
    String names = "--query TargetGroups[].TargetGroupName";
    String one = "describe-target-groups --page-size 1 ";
    String marker = first.elbv2(one + "--query NextMarker");
    assertThat(first.elbv2(one + names)).isEqualTo("page-1");
    assertThat(first.elbv2(one + names + " --marker " + marker)).isEqualTo("page-2");
    assertThat(first.elbv2("describe-target-groups --max-items 1 " + names).split("\\s+"))
        .contains("page-1")
        .doesNotContain("page-2");
    assertThat(first.elbv2("describe-target-groups --names page-3 page-1 " + names).split("\\s+"))
        .containsExactlyInAnyOrder("page-1", "page-3");
    assertThat(
            first.elbv2(
                "describe-load-balancers --query LoadBalancers[].LoadBalancerName"
                    + " --load-balancer-arns "
                    + first.arn()))
        .isEqualTo("first");
  }

  @BesideOthers
  void tags_are_given_at_creation_added_and_removed() throws Exception {
    String group = first.group("tagged", "--tags", "Key=tier,Value=web", "Key=team,Value=a");
    first.elbv2("add-tags --tags Key=team,Value=b --resource-arns " + group);
    first.elbv2("remove-tags --tag-keys tier --resource-arns " + group);
    assertThat(
            first.elbv2(
                "describe-tags --query TagDescriptions[].Tags[].[Key,Value] --resource-arns "
                    + group))
        .isEqualTo("team\tb");
  }

  @BesideOthers
  void what_is_not_offered_says_so_and_why() throws Exception {
    assertThat(
            first.refused(
                "set-ip-address-type --ip-address-type dualstack --load-balancer-arn "
                    + first.arn()))
        .contains("Longshore does not support load balancers with IPv6 addresses yet.");
    Shell.Result trust = site.aws.newest().run(words("elbv2 describe-trust-stores"));
    assertThat(trust.err())
        .contains("(UnsupportedFeatureException)")
        .contains("DescribeTrustStores: listeners do not ask clients for certificates");
    assertThat(
            first.refused(
                "create-listener --protocol HTTPS --port 443 --load-balancer-arn " + first.arn(),
                "--ssl-policy",
                "ELBSecurityPolicy-TLS-1-1-2017-01",
                "--certificates",
                "CertificateArn=arn:aws:acm:us-east-1:123456789012:certificate/none",
                "--default-actions",
                fixed(200, "text/plain", "never")))
        .contains("Longshore does not support versions of TLS before 1.2");
  }

  @BesideOthers
  void attributes_are_checked_and_shown() throws Exception {
    String modify = "modify-load-balancer-attributes --load-balancer-arn " + first.arn();
    assertThat(first.refused(modify, "--attributes", "Key=idle_timeout.timeout_seconds,Value=4001"))
        .contains("(ValidationError)")
        .contains("attribute value '4001' is not valid for the key 'idle_timeout.timeout_seconds'");
    assertThat(first.refused(modify, "--attributes", "Key=idle.timeout,Value=1"))
        .contains("attribute key 'idle.timeout' is not recognized");
    assertThat(
            site.aws
                .newest()
                .ok(
                    words(
                        "--output text elbv2 modify-listener-attributes --listener-arn",
                        first.listener(),
                        "--attributes",
                        "Key=routing.http.response.server.enabled,Value=false",
                        "Key=routing.http.response.x_frame_options.header_value,Value=DENY")))
        .contains("routing.http.response.x_frame_options.header_value\tDENY");
    Site.until(
        "answers have the header",
        () -> first.curl("/nowhere").toLowerCase(Locale.ROOT).contains("x-frame-options: deny"));
    assertThat(first.curl("/nowhere")).doesNotContainIgnoringCase("server:");
  }
}
