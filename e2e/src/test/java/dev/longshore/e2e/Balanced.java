package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A load balancer with one listener and one group, and what the CLI calls them. */
record Balanced(Shell aws, String balancer, String group, String listener, String address) {
  private static final int PORT = 18_080;

  /**
   * Each task tells its own name; it says so too when it is asked for its health, and takes its
   * time where it is asked to.
   */
  private static final String WEB =
      "busybox mkdir -p /www/cgi-bin; cat /etc/hostname > /www/index.html;"
          + " busybox printf '#!/bin/sh\\nsleep 0.3\\n"
          + "busybox printf \"A: b\\\\r\\\\n\\\\r\\\\n\"\\ncat /etc/hostname\\n'"
          + " > /www/cgi-bin/slow;"
          + " busybox chmod +x /www/cgi-bin/slow;"
          + " trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait";

  private static String definition() {
    return Site.container(WEB)
        .replace("\"memory\":32", "\"portMappings\":[{\"containerPort\":80}],\"memory\":32");
  }

  static Balanced of(Shell aws, String delay) throws IOException, InterruptedException {
    String balancer =
        aws.ok(
            words(
                "elbv2 create-load-balancer --name shop --subnets subnet-a subnet-b"
                    + " --output text --query LoadBalancers[0].LoadBalancerArn"));
    String group = group(aws, "shop", delay);
    String listener =
        aws.ok(
            words(
                "elbv2 create-listener --protocol HTTP --output text"
                    + " --query Listeners[0].ListenerArn --load-balancer-arn",
                balancer,
                "--port",
                Integer.toString(PORT),
                "--default-actions",
                "Type=forward,TargetGroupArn=" + group));
    aws.ok(words("elbv2 wait load-balancer-available --load-balancer-arns", balancer));
    String address =
        aws.ok(
            words(
                "elbv2 describe-load-balancers --output text --query LoadBalancers[0]"
                    + ".AvailabilityZones[0].LoadBalancerAddresses[0].IpAddress"));
    return new Balanced(aws, balancer, group, listener, address);
  }

  static String group(Shell aws, String name, String delay)
      throws IOException, InterruptedException {
    String group =
        aws.ok(
            words(
                "elbv2 create-target-group --protocol HTTP --port 80 --vpc-id vpc-1"
                    + " --health-check-interval-seconds 5 --health-check-timeout-seconds 2"
                    + " --output text --query TargetGroups[0].TargetGroupArn --name",
                name));
    aws.ok(
        words(
            "elbv2 modify-target-group-attributes --target-group-arn",
            group,
            "--attributes",
            "Key=deregistration_delay.timeout_seconds,Value=" + delay));
    return group;
  }

  void service(int count, String... more) throws IOException, InterruptedException {
    aws.ok(
        words("ecs register-task-definition --family web --container-definitions", definition()));
    List<String> words =
        new ArrayList<>(
            List.of(
                words(
                    "ecs create-service --service-name shop --task-definition web"
                        + " --desired-count",
                    Integer.toString(count),
                    "--load-balancers",
                    "targetGroupArn=" + group + ",containerName=app,containerPort=80")));
    words.addAll(List.of(more));
    aws.ok(words.toArray(String[]::new));
    // The CLI's own waiters look every 15 seconds.
    Site.until("all targets are healthy", () -> healthy() == count);
    Await.stable(aws, "shop");
  }

  private long healthy() throws IOException, InterruptedException {
    String states =
        aws.ok(
            words(
                "elbv2 describe-target-health --output text --query"
                    + " TargetHealthDescriptions[].[TargetHealth.State] --target-group-arn",
                group));
    return states.lines().filter("healthy"::equals).count();
  }

  /** Where it listens. */
  InetSocketAddress socket() {
    return new InetSocketAddress(address, PORT);
  }

  URI uri() {
    return URI.create("http://" + address + ':' + PORT + '/');
  }
}
