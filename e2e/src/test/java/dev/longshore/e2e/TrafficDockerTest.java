package dev.longshore.e2e;

import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One service behind a gateway of its own process, asked by a schedule that waits for nothing while
 * everything happens to it that may: no request fails, and no task is asked once it has left.
 */
@Tag("docker")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
@SuppressWarnings("NullAway.Init") // JUnit fills in before any test runs.
class TrafficDockerTest {
  private static final int PER_SECOND = 80;

  /** Three times what the slowest request takes. */
  private static final String DELAY_SECONDS = "1";

  private static final String FOLLOW =
      "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":"
          + "\"longshore:FollowRoutes\",\"Resource\":\"*\"}]}";

  private Path kept;
  private Site site;
  private Program gateway;
  private HttpClient client;
  private Balanced shop;
  private String green;
  private final Departures departures = new Departures();

  @BeforeAll
  void start() throws Exception {
    kept = Files.createTempDirectory("longshore-gateway");
    client = HttpClient.newHttpClient();
    site = Site.up("--no-gateway", "--instances", "2");
    Shell iam = site.aws.newest();
    iam.ok(words("iam create-user --user-name gateway"));
    iam.ok(
        words(
            "iam put-user-policy --user-name gateway --policy-name follow --policy-document",
            FOLLOW));
    String[] key =
        iam.ok(
                words(
                    "iam create-access-key --user-name gateway --output text --query"
                        + " AccessKey.[AccessKeyId,SecretAccessKey]"))
            .split("\\s+");
    gateway =
        Program.start(
            List.of("AWS_ACCESS_KEY_ID=" + key[0], "AWS_SECRET_ACCESS_KEY=" + key[1]),
            "gateway",
            "--endpoint",
            site.endpoint,
            "--data-dir",
            kept.toString(),
            "--access-logs",
            kept.resolve("access").toString());
    shop = Balanced.of(site.aws.newest(), DELAY_SECONDS);
    green = Balanced.group(shop.aws(), "green", DELAY_SECONDS);
    shop.aws()
        .ok(
            words(
                "elbv2 modify-load-balancer-attributes --attributes"
                    + " Key=access_logs.s3.enabled,Value=true"
                    + " Key=access_logs.s3.bucket,Value=logs --load-balancer-arn",
                shop.balancer()));
    shop.service(3);
  }

  @AfterAll
  void stop() throws Exception {
    if (gateway != null) {
      gateway.close();
      System.out.println(
          "The last request to each target, in milliseconds after the decision: "
              + departures.lastRequests(kept.resolve("access")));
    }
    site.close();
    client.close();
    Site.delete(kept);
  }

  private Json ecs(String operation, String input) {
    try {
      return new Calls(client, site.aws).call(operation, Json.parse(input));
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<Json> tasks(String desiredStatus) {
    List<String> arns =
        ecs("ListTasks", "{\"serviceName\":\"shop\",\"desiredStatus\":\"" + desiredStatus + "\"}")
            .at("taskArns")
            .texts();
    return arns.isEmpty()
        ? List.of()
        : ecs("DescribeTasks", "{\"tasks\":" + Json.items(arns).write() + "}")
            .at("tasks")
            .elements();
  }

  /** By which it answers requests: its container's name for itself. */
  private static String name(Json task) {
    String id = task.at("containers").elements().getFirst().at("runtimeId").text();
    return id.substring(0, Math.min(12, id.length()));
  }

  private Set<String> running() {
    return tasks("RUNNING").stream()
        .filter(task -> task.at("lastStatus").text().equals("RUNNING"))
        .map(TrafficDockerTest::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void update(String change) {
    ecs("UpdateService", "{\"service\":\"shop\"," + change + "}");
  }

  private Json newestDeployment() {
    String newest = "";
    double at = -1;
    for (Json each :
        ecs("ListServiceDeployments", "{\"service\":\"shop\"}")
            .at("serviceDeployments")
            .elements()) {
      if (each.at("createdAt").fraction() > at) {
        at = each.at("createdAt").fraction();
        newest = each.at("serviceDeploymentArn").text();
      }
    }
    return ecs("DescribeServiceDeployments", "{\"serviceDeploymentArns\":[\"" + newest + "\"]}")
        .at("serviceDeployments")
        .elements()
        .getFirst();
  }

  /** A load, and when each task was seen to have left its target group. */
  private final class Traffic implements AutoCloseable {
    private final SteadyLoad load =
        new SteadyLoad(
            shop.socket(), PER_SECOND, "/", "/", "/", "/", "/", "/", "/", "/cgi-bin/slow");
    private final Map<String, Instant> left = new LinkedHashMap<>();
    private final Set<String> leaving = new TreeSet<>();
    private final Set<String> before = running();

    Traffic() {
      Site.until("requests are answered", () -> load.count() > 10);
      tasks("STOPPED").forEach(task -> left.put(name(task), Instant.now()));
    }

    /** Looks at tasks that stop; one that was seen twice has left. */
    private boolean allHaveStopped() {
      boolean all = true;
      for (Json task : tasks("STOPPED")) {
        departures.stopped(task);
        all &= task.at("lastStatus").text().equals("STOPPED");
        if (!leaving.add(name(task))) {
          left.putIfAbsent(name(task), Instant.now());
        }
      }
      return all;
    }

    /** Until so many tasks run, and none of the others does any more. */
    void untilSettled(int count) {
      Site.until(
          count + " tasks run",
          () -> allHaveStopped() && tasks("RUNNING").size() == count && running().size() == count);
    }

    void untilDeployment(String status) {
      Site.until(
          "the deployment is " + status,
          () -> {
            allHaveStopped();
            return newestDeployment().at("status").text().equals(status);
          });
    }

    /** So many requests more were answered. */
    void goOn(int count) {
      long end = load.count() + count;
      Site.until("requests are answered", () -> load.count() >= end);
    }

    /** Sends no more; what was answered can be counted. */
    void end() {
      load.close();
    }

    void failedNone() {
      assertThat(load.failures()).isEmpty();
      askedNobodyThatHadLeft();
    }

    void askedNobodyThatHadLeft() {
      left.forEach((task, time) ->
          assertThat(load.servedAfter(time).map(SteadyLoad.Answer::body)).doesNotContain(task));
    }

    @Override
    public void close() {
      end();
    }
  }

  @Test
  @Order(1)
  void a_rolling_update_fails_no_request() throws Exception {
    try (Traffic traffic = new Traffic()) {
      update("\"forceNewDeployment\":true");
      traffic.untilDeployment("SUCCESSFUL");
      traffic.untilSettled(3);
      traffic.end();
      traffic.failedNone();
      assertThat(running()).doesNotContainAnyElementsOf(traffic.before);
      assertThat(traffic.load.answered()).containsAll(running()).containsAll(traffic.before);
    }
  }

  @Test
  @Order(2)
  void scaling_out_and_in_fails_no_request() throws Exception {
    try (Traffic traffic = new Traffic()) {
      update("\"desiredCount\":5");
      traffic.untilSettled(5);
      Site.until("all five answer", () -> traffic.load.answered().containsAll(running()));
      update("\"desiredCount\":2");
      traffic.untilSettled(2);
      traffic.end();
      traffic.failedNone();
      assertThat(traffic.left).hasSizeGreaterThanOrEqualTo(3);
    }
  }

  @Test
  @Order(3)
  void a_killed_task_fails_only_what_was_under_way_with_it() throws Exception {
    try (Traffic traffic = new Traffic()) {
      String victim = running().iterator().next();
      Instant killing = Instant.now();
      Site.DOCKER.ok("kill", victim);
      Instant killed = Instant.now();
      Site.until("it is replaced", () -> !running().contains(victim) && running().size() == 2);
      traffic.untilSettled(2);
      Site.until("the new one answers", () -> traffic.load.answered().containsAll(running()));
      traffic.end();
      assertThat(traffic.load.failures())
          .allMatch(each -> each.sent().isBefore(killed) && each.ended().isAfter(killing));
      traffic.askedNobodyThatHadLeft();
    }
  }

  @Test
  @Order(4)
  void draining_an_instance_fails_no_request() throws Exception {
    try (Traffic traffic = new Traffic()) {
      String instance = tasks("RUNNING").getFirst().at("containerInstanceArn").text();
      drain(instance, "DRAINING");
      Site.until(
          "nothing runs there",
          () ->
              tasks("RUNNING").stream()
                  .noneMatch(task -> task.at("containerInstanceArn").text().equals(instance)));
      traffic.untilSettled(2);
      traffic.end();
      traffic.failedNone();
      drain(instance, "ACTIVE");
      assertThat(running()).isNotEqualTo(traffic.before);
    }
  }

  private void drain(String instance, String status) {
    ecs(
        "UpdateContainerInstancesState",
        "{\"containerInstances\":[\"" + instance + "\"],\"status\":\"" + status + "\"}");
  }

  @Test
  @Order(5)
  void kill_9_of_the_control_plane_is_not_noticed() throws Exception {
    try (Traffic traffic = new Traffic()) {
      site.kill();
      traffic.goOn(100);
      site.startAgain();
      traffic.goOn(50);
      update("\"forceNewDeployment\":true");
      traffic.untilDeployment("SUCCESSFUL");
      traffic.untilSettled(2);
      traffic.end();
      traffic.failedNone();
      assertThat(running()).doesNotContainAnyElementsOf(traffic.before);
      assertThat(traffic.load.answered()).containsAll(running());
    }
  }

  /** The service's load balancer with the pair of groups between which traffic is shifted. */
  private String shifted(String configuration) {
    return "\"forceNewDeployment\":true,\"loadBalancers\":[{\"targetGroupArn\":\""
        + shop.group()
        + "\",\"containerName\":\"app\",\"containerPort\":80,\"advancedConfiguration\":"
        + "{\"alternateTargetGroupArn\":\""
        + green
        + "\",\"productionListenerRule\":\""
        + shop.listener()
        + "\",\"roleArn\":\"arn:aws:iam::123456789012:role/ecs\"}}],"
        + "\"deploymentConfiguration\":{"
        + configuration
        + "}";
  }

  private static String blueGreen(int bakeMinutes) {
    return "\"strategy\":\"BLUE_GREEN\",\"bakeTimeInMinutes\":" + bakeMinutes;
  }

  @Test
  @Order(6)
  void a_blue_green_switch_and_a_rollback_fail_no_request() throws Exception {
    try (Traffic traffic = new Traffic()) {
      update(shifted(blueGreen(0)));
      traffic.untilDeployment("SUCCESSFUL");
      traffic.untilSettled(2);
      Set<String> blue = running();
      assertThat(blue).doesNotContainAnyElementsOf(traffic.before);
      update(shifted(blueGreen(5)));
      Site.until(
          "both run", () -> newestDeployment().at("lifecycleStage").text().equals("BAKE_TIME"));
      Set<String> newer = new TreeSet<>(running());
      newer.removeAll(blue);
      Site.until("the newer answer", () -> traffic.load.answered().containsAll(newer));
      ecs(
          "StopServiceDeployment",
          "{\"stopType\":\"ROLLBACK\",\"serviceDeploymentArn\":\""
              + newestDeployment().at("serviceDeploymentArn").text()
              + "\"}");
      traffic.untilDeployment("ROLLBACK_SUCCESSFUL");
      traffic.untilSettled(2);
      traffic.goOn(50);
      traffic.end();
      traffic.failedNone();
      assertThat(running()).isEqualTo(blue);
    }
  }

  /** Goes through a deployment that halts before each shift, and sees who answers meanwhile. */
  private void shiftStepwise(String configuration, int steps) throws Exception {
    try (Traffic traffic = new Traffic()) {
      update(
          shifted(
              configuration
                  + ",\"bakeTimeInMinutes\":0,\"lifecycleHooks\":[{\"targetType\":\"PAUSE\","
                  + "\"lifecycleStages\":[\"PRE_PRODUCTION_TRAFFIC_SHIFT\"]}]"));
      List<Boolean> both = new ArrayList<>();
      for (int step = 0; step < steps; step++) {
        Site.until("it halts", () -> !waitingHook().isEmpty());
        Set<String> newer = new TreeSet<>(running());
        newer.removeAll(traffic.before);
        Instant now = Instant.now();
        traffic.goOn(80);
        Set<String> answered =
            traffic.load.servedAfter(now).map(SteadyLoad.Answer::body).collect(Collectors.toSet());
        both.add(answered.removeAll(newer) && answered.removeAll(traffic.before));
        String hook = waitingHook();
        List<Json> running = tasks("RUNNING");
        if (step == steps - 1) {
          departures.switched(
              running.stream().filter(task -> traffic.before.contains(name(task))).toList());
        }
        ecs(
            "ContinueServiceDeployment",
            "{\"serviceDeploymentArn\":\""
                + newestDeployment().at("serviceDeploymentArn").text()
                + "\",\"hookId\":\""
                + hook
                + "\"}");
        Site.until("it goes on", () -> !waitingHook().equals(hook));
      }
      traffic.untilDeployment("SUCCESSFUL");
      traffic.untilSettled(2);
      traffic.end();
      traffic.failedNone();
      assertThat(both.getFirst()).isFalse();
      assertThat(both.subList(1, both.size())).containsOnly(true);
      assertThat(running()).doesNotContainAnyElementsOf(traffic.before);
    }
  }

  /** The hook that awaits to be told to go on; "" for none. */
  private String waitingHook() {
    for (Json hook : newestDeployment().at("lifecycleHookDetails").elements()) {
      if (hook.at("status").text().equals("AWAITING_ACTION")) {
        return hook.at("hookId").text();
      }
    }
    return "";
  }

  @Test
  @Order(7)
  void a_canary_fails_no_request_and_gets_its_share_first() throws Exception {
    shiftStepwise(
        "\"strategy\":\"CANARY\",\"canaryConfiguration\":"
            + "{\"canaryPercent\":20,\"canaryBakeTimeInMinutes\":0}",
        2);
  }

  @Test
  @Order(8)
  void a_linear_shift_fails_no_request_at_any_step() throws Exception {
    shiftStepwise(
        "\"strategy\":\"LINEAR\",\"linearConfiguration\":"
            + "{\"stepPercent\":40,\"stepBakeTimeInMinutes\":0}",
        3);
  }
}
