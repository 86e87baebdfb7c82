package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An application load balancer with one listener, made by the real AWS CLI, and what tests do with
 * it. Targets are processes of this machine.
 */
record Balancer(Shell aws, String arn, String listener, String address, AtomicInteger priorities) {
  static final int PORT = 18_180;

  private static final int FIRST_PRIORITY = 1_000;

  /** Makes one that answers 404 where no rule is met. */
  static Balancer make(Shell aws, String name) throws IOException, InterruptedException {
    String arn =
        aws.ok(
            words(
                "elbv2 create-load-balancer --subnets subnet-a subnet-b --output text"
                    + " --query LoadBalancers[0].LoadBalancerArn --name",
                name));
    String listener =
        aws.ok(
            words(
                "elbv2 create-listener --protocol HTTP --output text"
                    + " --query Listeners[0].ListenerArn --load-balancer-arn",
                arn,
                "--port",
                Integer.toString(PORT),
                "--default-actions",
                fixed(404, "text/plain", "nothing")));
    aws.ok(words("elbv2 wait load-balancer-available --load-balancer-arns", arn));
    String address =
        aws.ok(
            words(
                "elbv2 describe-load-balancers --output text --load-balancer-arns",
                arn,
                "--query",
                "LoadBalancers[0].AvailabilityZones[0].LoadBalancerAddresses[0].IpAddress"));
    return new Balancer(aws, arn, listener, address, new AtomicInteger(FIRST_PRIORITY));
  }

  /** One command of {@code aws elbv2}, which must succeed; answers what it printed as text. */
  String elbv2(String command, String... more) throws IOException, InterruptedException {
    return aws.ok(all(command, more));
  }

  /** One that must be refused; answers what the CLI said of it. */
  String refused(String command, String... more) throws IOException, InterruptedException {
    Shell.Result result = aws.run(all(command, more));
    if (result.status() == 0) {
      throw new AssertionError(command + " was not refused: " + result.out());
    }
    return result.err();
  }

  private static String[] all(String command, String... more) {
    return words("--output text elbv2 " + command, more);
  }

  /** Makes a target group of addresses, whose targets are looked at every 5 seconds. */
  String group(String name, String... options) throws IOException, InterruptedException {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--name",
                name,
                "--health-check-interval-seconds",
                "5",
                "--health-check-timeout-seconds",
                "2"));
    all.addAll(List.of(options));
    return elbv2(
        "create-target-group --protocol HTTP --port 80 --vpc-id vpc-1 --target-type ip"
            + " --query TargetGroups[0].TargetGroupArn",
        all.toArray(String[]::new));
  }

  /** Has processes of this machine be targets. */
  void register(String group, int... ports) throws IOException, InterruptedException {
    elbv2("register-targets --target-group-arn " + group + " --targets", targets(ports));
  }

  void deregister(String group, int... ports) throws IOException, InterruptedException {
    elbv2("deregister-targets --target-group-arn " + group + " --targets", targets(ports));
  }

  private static String[] targets(int... ports) {
    String[] targets = new String[ports.length];
    for (int i = 0; i < ports.length; i++) {
      targets[i] = "Id=127.0.0.1,Port=" + ports[i];
    }
    return targets;
  }

  void attribute(String group, String key, String value) throws IOException, InterruptedException {
    elbv2(
        "modify-target-group-attributes --target-group-arn " + group + " --attributes",
        "Key=" + key + ",Value=" + value);
  }

  /** The state, reason and description of each target, a line each; empty for no targets. */
  String health(String group) throws IOException, InterruptedException {
    return elbv2(
        "describe-target-health --target-group-arn " + group,
        "--query",
        "TargetHealthDescriptions[].TargetHealth.[State,Reason,Description]");
  }

  void untilHealth(String group, String wanted) {
    Site.until(wanted, () -> health(group).equals(wanted));
  }

  /**
   * Makes a rule for requests of this path; answers its ARN. One that needs no target is followed
   * when this returns; one that forwards is once a target of its group is known to be healthy.
   */
  String rule(String path, String action) throws IOException, InterruptedException {
    String arn = rule(priorities.getAndIncrement(), "Field=path-pattern,Values=" + path, action);
    if (!action.contains("forward")) {
      Site.until("the rule for " + path + " is followed", () -> !curl(path).endsWith("nothing"));
    }
    return arn;
  }

  String rule(int priority, String condition, String action)
      throws IOException, InterruptedException {
    return elbv2(
        "create-rule --query Rules[0].RuleArn --listener-arn " + listener,
        "--priority",
        Integer.toString(priority),
        "--conditions",
        condition,
        "--actions",
        action);
  }

  static String forward(String group) {
    return "Type=forward,TargetGroupArn=" + group;
  }

  static String fixed(int status, String type, String body) {
    return "[{\"Type\":\"fixed-response\",\"FixedResponseConfig\":{\"StatusCode\":\""
        + status
        + "\",\"ContentType\":\""
        + type
        + "\",\"MessageBody\":\""
        + body
        + "\"}}]";
  }

  String url(String path) {
    return "http://" + address + ':' + PORT + path;
  }

  /** What curl prints of an answer: its head and its body. */
  String curl(String path, String... options) throws IOException, InterruptedException {
    return Shell.of("curl").ok(words("-sS -i -m 60 " + url(path), options));
  }
}
