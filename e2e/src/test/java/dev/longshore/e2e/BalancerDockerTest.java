package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Load balancers as the real AWS CLI makes them, with real containers behind them. */
@Tag("docker")
class BalancerDockerTest {
  private static final int PORT = 18_080;

  /** Each task tells its own name; it says so too when it is asked for its health. */
  private static final String WEB =
      "busybox mkdir -p /www; cat /etc/hostname > /www/index.html;"
          + " trap 'exit 0' TERM; httpd -f -p 80 -h /www & wait";

  private static String definition() {
    return Site.container(WEB)
        .replace("\"memory\":32", "\"portMappings\":[{\"containerPort\":80}],\"memory\":32");
  }

  /** A load balancer with one listener and one group, and what the CLI calls them. */
  private record Made(Shell aws, String balancer, String group, String listener, String address) {
    static Made of(Shell aws, String delay) throws IOException, InterruptedException {
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
      return new Made(aws, balancer, group, listener, address);
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
      aws.ok(words("ecs wait services-stable --services shop"));
      aws.ok(words("elbv2 wait target-in-service --target-group-arn", group));
    }

    URI uri() {
      return URI.create("http://" + address + ':' + PORT + '/');
    }
  }

  private static String get(HttpClient client, URI uri) throws IOException, InterruptedException {
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body().strip();
  }

  @Test
  void three_tasks_on_one_instance_share_the_traffic_evenly() throws Exception {
    try (Site site = Site.up("--instances", "1");
        HttpClient client = HttpClient.newHttpClient()) {
      Made made = Made.of(site.aws, "0");
      made.service(3);
      String health =
          site.aws.ok(
              words(
                  "elbv2 describe-target-health --output text --target-group-arn",
                  made.group(),
                  "--query",
                  "TargetHealthDescriptions[].[Target.Id,Target.Port,TargetHealth.State]"));
      List<String> lines = health.lines().toList();
      assertThat(lines).hasSize(3).allMatch(line -> line.endsWith("healthy"));
      assertThat(lines.stream().map(line -> line.split("\t")[0]).distinct()).hasSize(1);
      assertThat(lines.stream().map(line -> line.split("\t")[1]).distinct()).hasSize(3);
      Map<String, Integer> answers = new TreeMap<>();
      for (int i = 0; i < 600; i++) {
        answers.merge(get(client, made.uri()), 1, Integer::sum);
      }
      assertThat(answers).hasSize(3);
      assertThat(answers.values()).allMatch(count -> count >= 190 && count <= 210);
    }
  }

  /** Requests at a steady pace, whether answers come or not. */
  private static final class Load implements AutoCloseable {
    private static final long EVERY_MILLIS = 20;

    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor();
    private final AtomicInteger answered = new AtomicInteger();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();

    Load(HttpClient client, URI uri) {
      HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
      var _ =
          pace.scheduleAtFixedRate(
              () -> {
                var _ =
                    client
                        .sendAsync(request, HttpResponse.BodyHandlers.ofString())
                        .whenComplete(this::ended);
              },
              0,
              EVERY_MILLIS,
              TimeUnit.MILLISECONDS);
    }

    private void ended(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
      if (response != null && response.statusCode() == 200) {
        answered.incrementAndGet();
      } else {
        failures.add(response == null ? String.valueOf(failure) : "" + response.statusCode());
      }
    }

    @Override
    public void close() {
      pace.shutdownNow();
    }
  }

  @Test
  void a_rolling_update_under_load_loses_no_request() throws Exception {
    try (Site site = Site.up("--instances", "1");
        HttpClient client = HttpClient.newHttpClient()) {
      Made made = Made.of(site.aws, "5");
      made.service(2);
      Map<String, String> before = site.containers();
      try (Load load = new Load(client, made.uri())) {
        site.aws.ok(words("ecs update-service --service shop --force-new-deployment"));
        site.aws.ok(words("ecs wait services-stable --services shop"));
        assertThat(load.answered).hasValueGreaterThan(100);
        assertThat(load.failures).isEmpty();
      }
      assertThat(site.containers().values()).doesNotContainAnyElementsOf(before.values());
    }
  }

  @Test
  void a_blue_green_deployment_moves_all_traffic_and_loses_no_request() throws Exception {
    try (Site site = Site.up("--instances", "1");
        HttpClient client = HttpClient.newHttpClient()) {
      Made made = Made.of(site.aws.newest(), "5");
      String green = Made.group(made.aws(), "green", "5");
      String advanced =
          "[{\"targetGroupArn\":\""
              + made.group()
              + "\",\"containerName\":\"app\",\"containerPort\":80,\"advancedConfiguration\":"
              + "{\"alternateTargetGroupArn\":\""
              + green
              + "\",\"productionListenerRule\":\""
              + made.listener()
              + "\",\"roleArn\":\"arn:aws:iam::123456789012:role/ecs\"}}]";
      made.service(2);
      made.aws()
          .ok(
              words(
                  "ecs update-service --service shop --deployment-configuration"
                      + " strategy=BLUE_GREEN,bakeTimeInMinutes=0 --load-balancers",
                  advanced));
      made.aws().ok(words("ecs wait services-stable --services shop"));
      try (Load load = new Load(client, made.uri())) {
        made.aws().ok(words("ecs update-service --service shop --force-new-deployment"));
        made.aws().ok(words("ecs wait services-stable --services shop"));
        assertThat(load.failures).isEmpty();
      }
      String weights =
          made.aws()
              .ok(
                  words(
                      "elbv2 describe-listeners --output text --listener-arns",
                      made.listener(),
                      "--query",
                      "Listeners[0].DefaultActions[0].ForwardConfig.TargetGroups[].Weight"));
      assertThat(weights.split("\\s+")).containsExactlyInAnyOrder("0", "100");
    }
  }
}
