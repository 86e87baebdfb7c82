package dev.longshore.e2e;

import static dev.longshore.e2e.Balancer.fixed;
import static dev.longshore.e2e.Balancer.forward;
import static dev.longshore.e2e.Shell.words;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A load balancer as its users have it: made by the real AWS CLI, asked by curl and by a client of
 * WebSocket. All tests share one, so each has paths and groups of its own.
 */
class BalancerClientsTest {
  private static final int IDLE_SECONDS = 3;
  private static final String UNUSED =
      "unused\tTarget.NotInUse\t"
          + "Target group is not configured to receive traffic from the load balancer";

  private static final Pier pier = new Pier();
  private static Site site;
  private static Balancer balancer;

  @BeforeAll
  static void start() throws Exception {
    site = Site.simulated(1);
    balancer = Balancer.make(site.aws, "clients");
    balancer.elbv2(
        "modify-load-balancer-attributes --load-balancer-arn " + balancer.arn(),
        "--attributes",
        "Key=idle_timeout.timeout_seconds,Value=" + IDLE_SECONDS);
  }

  @AfterAll
  static void stop() throws IOException {
    pier.close();
    site.close();
  }

  /** A group with that one target, which gets what is asked for at that path. */
  private static String served(String name, int port, String... options) throws Exception {
    String group = balancer.group(name, options);
    balancer.rule("/" + name, forward(group));
    balancer.register(group, port);
    return group;
  }

  @BesideOthers
  void a_new_group_has_the_defaults() throws Exception {
    String defaults =
        balancer.elbv2(
            "create-target-group --name defaults --target-type ip --protocol HTTP --port 8080"
                + " --vpc-id vpc-1 --query",
            "TargetGroups[0].[HealthCheckIntervalSeconds,HealthCheckTimeoutSeconds,"
                + "HealthyThresholdCount,UnhealthyThresholdCount,HealthCheckPath,"
                + "Matcher.HttpCode,ProtocolVersion]");
    assertThat(defaults).isEqualTo("30\t5\t5\t2\t/\t200\tHTTP1");
  }

  @BesideOthers
  void a_timeout_that_is_not_below_the_interval_is_refused() throws Exception {
    assertThat(
            balancer.refused(
                "create-target-group --name slow --protocol HTTP --port 80 --vpc-id vpc-1"
                    + " --health-check-interval-seconds 10 --health-check-timeout-seconds 30"))
        .contains("(ValidationError)")
        .contains("Health check timeout '30' must be smaller than the interval '10'");
  }

  @BesideOthers
  void targets_of_a_group_that_no_listener_names_are_unused() throws Exception {
    String group = balancer.group("unused");
    balancer.register(group, 9);
    assertThat(balancer.health(group)).isEqualTo(UNUSED);
  }

  @BesideOthers
  void a_target_is_initial_until_its_first_check_passes() throws Exception {
    CountDownLatch well = new CountDownLatch(1);
    int port =
        pier.web(
            200,
            exchange -> {
              well.await();
              return "well\n";
            });
    String group =
        served(
            "waiting",
            port,
            "--health-check-timeout-seconds",
            "60",
            "--health-check-interval-seconds",
            "61");
    balancer.untilHealth(
        group, "initial\tElb.InitialHealthChecking\tInitial health checks in progress");
    well.countDown();
    balancer.untilHealth(group, "healthy\tNone\tNone");
    assertThat(balancer.curl("/waiting")).startsWith("HTTP/1.1 200 OK").endsWith("well");
  }

  @BesideOthers
  void a_target_that_answers_500_is_unhealthy() throws Exception {
    String group = served("failing", pier.web(500, exchange -> "ill\n"));
    balancer.untilHealth(
        group,
        "unhealthy\tTarget.ResponseCodeMismatch\tHealth checks failed with these codes: [500]");
  }

  @BesideOthers
  void a_deregistered_target_drains_and_is_gone_then() throws Exception {
    int port = pier.saying("leaving");
    String group = served("leaving", port);
    balancer.attribute(group, "deregistration_delay.timeout_seconds", "8");
    balancer.deregister(group, port);
    assertThat(balancer.health(group))
        .isEqualTo(
            "draining\tTarget.DeregistrationInProgress\tTarget deregistration is in progress");
    assertThat(balancer.curl("/leaving")).startsWith("HTTP/1.1 503 ");
    balancer.untilHealth(group, "");
  }

  @BesideOthers
  void without_a_delay_a_deregistered_target_is_gone_at_once() throws Exception {
    int port = pier.saying("gone");
    String group = served("gone", port);
    balancer.attribute(group, "deregistration_delay.timeout_seconds", "0");
    balancer.deregister(group, port);
    assertThat(balancer.health(group)).isEmpty();
  }

  @BesideOthers
  void a_group_without_targets_is_a_503() throws Exception {
    balancer.rule("/empty", forward(balancer.group("empty")));
    Site.until("the rule is followed", () -> !balancer.curl("/empty").endsWith("nothing"));
    assertThat(balancer.curl("/empty"))
        .startsWith("HTTP/1.1 503 Service Temporarily Unavailable")
        .containsIgnoringCase("server: awselb/2.0")
        .contains("<center><h1>503 Service Temporarily Unavailable</h1></center>");
  }

  @BesideOthers
  void a_target_that_is_silent_for_too_long_is_a_504() throws Exception {
    served("silent", pier.bad(socket -> {}));
    assertThat(balancer.curl("/silent")).startsWith("HTTP/1.1 504 Gateway Time-out");
  }

  @BesideOthers
  void a_target_that_resets_is_a_502() throws Exception {
    int port =
        pier.bad(socket -> {
          socket.setSoLinger(true, 0);
          socket.close();
        });
    served("resetting", port);
    assertThat(balancer.curl("/resetting")).startsWith("HTTP/1.1 502 Bad Gateway");
  }

  @BesideOthers
  void paths_are_told_apart_by_case_and_hosts_are_not() throws Exception {
    balancer.rule("/blue", fixed(200, "text/plain", "blue"));
    assertThat(balancer.curl("/blue")).endsWith("blue");
    assertThat(balancer.curl("/Blue")).endsWith("nothing");
    balancer.rule(
        20, "Field=host-header,Values=www.example.com", fixed(200, "text/plain", "the host"));
    Site.until(
        "the host is known",
        () -> balancer.curl("/", "-H", "Host: WWW.Example.com").endsWith("the host"));
  }

  @BesideOthers
  void of_two_rules_the_lower_priority_wins_and_none_is_had_twice() throws Exception {
    String both = "Field=path-pattern,Values=/both";
    balancer.rule(10, both, fixed(200, "text/plain", "ten"));
    balancer.rule(5, both, fixed(200, "text/plain", "five"));
    Site.until("five is followed", () -> balancer.curl("/both").endsWith("five"));
    assertThat(
            balancer.refused(
                "create-rule --priority 5 --listener-arn " + balancer.listener(),
                "--conditions",
                both,
                "--actions",
                fixed(200, "text/plain", "again")))
        .contains("(PriorityInUse)");
  }

  @BesideOthers
  void a_fixed_response_and_a_redirect_are_as_rules_have_them() throws Exception {
    balancer.rule("/fixed", fixed(202, "application/json", "{}"));
    assertThat(balancer.curl("/fixed"))
        .startsWith("HTTP/1.1 202 Accepted")
        .containsIgnoringCase("content-type: application/json; charset=utf-8");
    balancer.rule(
        "/redirect",
        "[{\"Type\":\"redirect\",\"RedirectConfig\":{\"Path\":\"/blue/proof\","
            + "\"Query\":\"mode=native\",\"StatusCode\":\"HTTP_302\"}}]");
    assertThat(balancer.curl("/redirect", "-H", "Host: shop.example"))
        .startsWith("HTTP/1.1 302 Moved Temporarily")
        .containsIgnoringCase(
            "location: http://shop.example:" + Balancer.PORT + "/blue/proof?mode=native");
  }

  @BesideOthers
  void weights_of_1_and_3_are_shares_of_1_and_3() throws Exception {
    String light = balancer.group("light");
    String heavy = balancer.group("heavy");
    balancer.rule(
        "/weighted",
        "[{\"Type\":\"forward\",\"ForwardConfig\":{\"TargetGroups\":[{\"TargetGroupArn\":\""
            + light
            + "\",\"Weight\":1},{\"TargetGroupArn\":\""
            + heavy
            + "\",\"Weight\":3}]}}]");
    balancer.register(light, pier.saying("light"));
    balancer.register(heavy, pier.saying("heavy"));
    long count = answers("/weighted?[1-400]").stream().filter("light"::equals).count();
    assertThat(count).isBetween(95L, 105L);
  }

  /** The answers to all requests that curl makes of a pattern, in order. */
  private static List<String> answers(String pattern, String... options) throws Exception {
    return Shell.of("curl")
        .ok(words("-sS -m 60 " + balancer.url(pattern), options))
        .lines()
        .toList();
  }

  @BesideOthers
  void targets_are_told_who_asked_and_how_to_follow_it() throws Exception {
    served("telling", pier.telling());
    String told = balancer.curl("/telling", "-H", "X-Forwarded-For: 1.1.1.1");
    assertThat(told)
        .contains("X-forwarded-for: 1.1.1.1, 127.")
        .endsWith("X-forwarded-proto: http")
        .contains("X-forwarded-port: " + Balancer.PORT + '\n')
        .containsPattern("X-amzn-trace-id: Root=1-[0-9a-f]{8}-[0-9a-f]{24}\n");
    String root = "Root=1-67891233-abcdef012345678912345678";
    assertThat(balancer.curl("/telling", "-H", "X-Amzn-Trace-Id: " + root))
        .containsPattern("X-amzn-trace-id: Self=1-[0-9a-f]{8}-[0-9a-f]{24};" + root);
  }

  @BesideOthers
  void a_client_that_keeps_cookies_stays_with_its_target() throws Exception {
    int one = pier.saying("one");
    int other = pier.saying("other");
    String group = served("sticky", one);
    balancer.register(group, other);
    balancer.attribute(group, "deregistration_delay.timeout_seconds", "0");
    balancer.attribute(group, "stickiness.enabled", "true");
    assertThat(answers("/sticky?[1-10]").stream().distinct()).hasSize(2);
    assertThat(balancer.curl("/sticky"))
        .containsIgnoringCase("set-cookie: AWSALB=")
        .containsIgnoringCase("set-cookie: AWSALBCORS=");
    String jar = site.data.resolve("cookies").toString();
    List<String> before = answers("/sticky?[1-10]", "-b", jar, "-c", jar);
    assertThat(before.stream().distinct()).hasSize(1);
    boolean first = before.getFirst().equals("one");
    balancer.deregister(group, first ? one : other);
    assertThat(answers("/sticky?[1-10]", "-b", jar, "-c", jar))
        .containsOnly(first ? "other" : "one");
  }

  /** Hears one word, and then the end. */
  private static final class Ear implements WebSocket.Listener {
    private final CompletableFuture<String> word = new CompletableFuture<>();
    private final CompletableFuture<Void> end = new CompletableFuture<>();

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
      word.complete(text.toString());
      socket.request(1);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket socket, int status, String reason) {
      end.complete(null);
      return CompletableFuture.completedFuture(null);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      end.complete(null);
    }
  }

  @BesideOthers
  void a_web_socket_echoes_and_ends_when_it_was_silent_for_too_long() throws Exception {
    try (EchoTarget target = new EchoTarget("/socket");
        HttpClient client = HttpClient.newHttpClient()) {
      served("socket", target.port());
      Ear ear = new Ear();
      WebSocket socket =
          client
              .newWebSocketBuilder()
              .buildAsync(URI.create(balancer.url("/socket").replace("http:", "ws:")), ear)
              .get(30, TimeUnit.SECONDS);
      socket.sendText("hello", true).get(30, TimeUnit.SECONDS);
      assertThat(ear.word.get(30, TimeUnit.SECONDS)).isEqualTo("hello");
      ear.end.get(30, TimeUnit.SECONDS);
    }
  }

  @BesideOthers
  void what_is_in_use_is_not_deleted_and_what_is_unknown_not_found() throws Exception {
    String group = served("used", pier.saying("used"));
    assertThat(balancer.refused("delete-target-group --target-group-arn " + group))
        .contains("(ResourceInUse)")
        .contains("Target group '" + group + "' is currently in use by a listener or a rule");
    String rule =
        balancer.elbv2(
            "describe-rules --listener-arn " + balancer.listener(),
            "--query",
            "Rules[?IsDefault].RuleArn");
    assertThat(balancer.refused("delete-rule --rule-arn " + rule))
        .contains("(OperationNotPermitted)");
    String gone = balancer.arn().substring(0, balancer.arn().length() - 16) + "0123456789abcdef";
    assertThat(balancer.refused("describe-load-balancers --load-balancer-arns " + gone))
        .contains("(LoadBalancerNotFound)")
        .contains("One or more load balancers not found");
    assertThat(balancer.refused("describe-target-groups --names nobody"))
        .contains("(TargetGroupNotFound)")
        .contains("One or more target groups not found");
  }

  @BesideOthers
  void an_awsvpc_service_cannot_have_a_group_of_instances() throws Exception {
    String group = balancer.group("instances", "--target-type", "instance");
    balancer.rule("/instances", forward(group));
    balancer
        .aws()
        .ok(
            words(
                "ecs register-task-definition --family awsvpc --network-mode awsvpc"
                    + " --container-definitions",
                "[{\"name\":\"app\",\"image\":\"app\",\"memory\":32,"
                    + "\"portMappings\":[{\"containerPort\":80}]}]"));
    Shell.Result result =
        balancer
            .aws()
            .run(
                words(
                    "ecs create-service --service-name awsvpc --task-definition awsvpc"
                        + " --desired-count 1 --network-configuration"
                        + " awsvpcConfiguration={subnets=[subnet-a]} --load-balancers",
                    "targetGroupArn=" + group + ",containerName=app,containerPort=80"));
    assertThat(result.err())
        .contains("(InvalidParameterException)")
        .contains(
            "The provided target group "
                + group
                + " has target type instance, which is incompatible with the awsvpc network mode"
                + " specified in the task definition.");
  }
}
