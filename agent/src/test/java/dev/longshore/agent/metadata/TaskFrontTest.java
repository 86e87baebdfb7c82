package dev.longshore.agent.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.Statistics;
import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class TaskFrontTest extends FrontTalk {
  private static final String NO_CONTAINER =
      "unable to get container ID from request: unable to get docker ID from v3 endpoint ID: ";
  private static final String NO_TASK =
      "unable to get task arn from request: unable to get task Arn from v3 endpoint ID: ";

  private static void assertProblem(Reply reply, int status, String message) {
    assertThat(reply).isEqualTo(Reply.json(status, Json.of(message)));
  }

  private static String container(String v4Ip, String v4Logs, String v4Restarts) {
    return "{\"DockerId\":\""
        + Agent.DOCKER_ID
        + "\",\"Name\":\"app\",\"DockerName\":\"ecs-web-26-app-00\",\"Image\":\"web:1\","
        + "\"ImageID\":\"sha256:ab\",\"Ports\":["
        + "{\"ContainerPort\":80,\"Protocol\":\"tcp\",\"HostPort\":32768"
        + v4Ip
        + "},{\"ContainerPort\":81,\"Protocol\":\"tcp\",\"HostPort\":32769"
        + v4Ip
        + "}],\"Labels\":{\"l\":\"1\"},\"DesiredStatus\":\"RUNNING\",\"KnownStatus\":\"RUNNING\","
        + "\"Limits\":{\"CPU\":100,\"Memory\":64},"
        + "\"CreatedAt\":\"2026-11-21T10:00:02.123456789Z\","
        + "\"StartedAt\":\"2026-11-21T10:00:03.12Z\",\"Type\":\"NORMAL\","
        + "\"Health\":{\"status\":\"HEALTHY\",\"statusSince\":\"2026-11-21T10:00:05Z\","
        + "\"output\":\"ok\"},"
        + "\"Volumes\":[{\"DockerName\":\"v-1\",\"Source\":\"/src\",\"Destination\":\"/dst\"}]"
        + v4Logs
        + ",\"Networks\":[{\"NetworkMode\":\"bridge\",\"IPv4Addresses\":[\"172.17.0.2\"]}]"
        + v4Restarts
        + "}";
  }

  private static final String V4_CONTAINER =
      container(
          ",\"HostIp\":\"0.0.0.0\"",
          ",\"LogDriver\":\"awslogs\",\"LogOptions\":{\"awslogs-stream\":\"p/c/t\"},"
              + "\"ContainerARN\":\"arn:aws:ecs:us-east-1:123456789012:container/c\"",
          ",\"RestartCount\":0");
  private static final String V3_CONTAINER = container("", "", "");

  private static String bare() {
    return "{\"DockerId\":\""
        + "b".repeat(64)
        + "\",\"Name\":\"side\",\"DockerName\":\"ecs-web-26-side-00\",\"Image\":\"side:1\","
        + "\"ImageID\":\"\",\"DesiredStatus\":\"RUNNING\",\"KnownStatus\":\"RUNNING\","
        + "\"Limits\":{\"CPU\":2,\"Memory\":0},\"Type\":\"NORMAL\"}";
  }

  private static String task(String v4Launch, String containers, String v4End) {
    return "{\"Cluster\":\"default\",\"TaskARN\":\""
        + Agent.TASK
        + "\",\"Family\":\"web\",\"Revision\":\"26\",\"DesiredStatus\":\"RUNNING\","
        + "\"KnownStatus\":\"RUNNING\",\"Limits\":{\"CPU\":0.25,\"Memory\":512},"
        + "\"PullStartedAt\":\"2026-11-21T10:00:00Z\",\"PullStoppedAt\":\"2026-11-21T10:00:01.5Z\","
        + "\"AvailabilityZone\":\"us-east-1a\""
        + v4Launch
        + ",\"Containers\":["
        + containers
        + "]"
        + v4End
        + "}";
  }

  // Metadata

  @Test
  void version_4_shows_a_container_whole() {
    assertJson(get("/v4/e-full"), 200, V4_CONTAINER);
  }

  @Test
  void version_3_shows_less() {
    assertJson(get("/v3/e-full"), 200, V3_CONTAINER);
  }

  @Test
  void a_container_without_limits_shows_the_least() {
    assertJson(get("/v4/e-bare"), 200, bare());
  }

  @Test
  void version_4_shows_a_task_with_its_containers() {
    var v4 =
        task(
            ",\"LaunchType\":\"EC2\"",
            V4_CONTAINER + "," + bare(),
            ",\"ServiceName\":\"svc\",\"FaultInjectionEnabled\":false");
    assertJson(get("/v4/e-full/task"), 200, v4);
    assertJson(get("/v3/e-bare/task"), 200, task("", V3_CONTAINER + "," + bare(), ""));
  }

  @Test
  void a_container_the_engine_does_not_know_yet_is_not_shown() {
    agent.rows = List.of(Agent.task("bridge", null, Agent.full(), Agent.bare(null)));
    assertThat(Json.parse(get("/v4/e-full/task").body()).at("Containers").elements()).hasSize(1);
    assertProblem(
        get("/v4/e-bare"), 404, "V4 container metadata handler: " + NO_CONTAINER + "e-bare");
  }

  @Test
  void a_stopped_container_shows_its_end() {
    agent.rows = List.of(Agent.task("host", null, Agent.on("host", List.of())));
    var container = Json.parse(get("/v4/e-bare").body());
    assertThat(container.at("ExitCode").write()).isEqualTo("3");
    assertThat(container.at("KnownStatus").text()).isEqualTo("STOPPED");
    assertThat(container.at("FinishedAt").text()).isEqualTo("2026-11-21T10:00:04Z");
    assertThat(container.at("Networks").write())
        .isEqualTo("[{\"NetworkMode\":\"host\",\"IPv4Addresses\":[\"\"]}]");
  }

  @Test
  void a_task_with_its_own_network_shows_its_ports_as_they_are() {
    agent.rows = List.of(Agent.task("awsvpc", null, Agent.on("awsvpc", List.of("10.0.0.5"))));
    assertThat(Json.parse(get("/v4/e-bare").body()).at("Ports").write())
        .isEqualTo("[{\"ContainerPort\":80,\"Protocol\":\"tcp\",\"HostPort\":80}]");
  }

  @Test
  void an_id_nobody_has_is_unknown_in_each_versions_own_way() {
    assertProblem(get("/v4/nope"), 404, "V4 container metadata handler: " + NO_CONTAINER + "nope");
    assertProblem(get("/v4/nope/task"), 404, "V4 task metadata handler: " + NO_TASK + "nope");
    assertProblem(get("/v4/nope/stats"), 404, "V4 container stats handler: " + NO_TASK + "nope");
    assertProblem(get("/v4/nope/task/stats"), 404, "V4 task stats handler: " + NO_TASK + "nope");
    assertProblem(get("/v3/nope"), 500, "V3 container metadata handler: " + NO_CONTAINER + "nope");
    assertProblem(get("/v3/nope/task"), 500, "V3 task metadata handler: " + NO_TASK + "nope");
  }

  @Test
  void a_closed_registration_takes_its_tasks_along() {
    var registry = new Registry();
    var registration = registry.register(agent);
    front = new TaskFront(registry, Limits.STANDARD, clock::get);
    assertThat(get("/v4/e-full").status()).isEqualTo(200);
    registration.close();
    assertThat(get("/v4/e-full").status()).isEqualTo(404);
  }

  @Test
  void version_2_knows_a_task_by_its_address_only() {
    var message = "Unable to get task arn from request: unable to associate '172.17.0.3' with task";
    for (var path : List.of("/v2/metadata", "/v2/metadata/", "/v2/stats", "/v2/metadata/abc")) {
      assertProblem(get(path), 400, message);
    }
    var own = Agent.on("awsvpc", List.of("172.17.0.3"));
    agent.rows = List.of(Agent.task("awsvpc", null, own));
    assertThat(Json.parse(get("/v2/metadata").body()).at("TaskARN").text()).isEqualTo(Agent.TASK);
    assertThat(get("/v2/metadata/" + Agent.DOCKER_ID).body()).contains("\"Name\":\"side\"");
    assertProblem(
        get("/v2/metadata/other"), 500, "unable to generate metadata for container 'other'");
    agent.statistics.put(Agent.DOCKER_ID, Agent.sample(null));
    assertThat(get("/v2/stats").body()).startsWith("{\"" + Agent.DOCKER_ID + "\":{\"name\"");
    assertThat(get("/v2/stats/" + Agent.DOCKER_ID).body()).startsWith("{\"name\"");
    assertThat(get("/v2/metadataWithTags").body()).contains("\"TaskTags\":{\"of\":\"a\"}");
  }

  // Tags

  @Test
  void tags_are_added_where_they_are_asked_for() {
    var body = get("/v4/e-full/taskWithTags").body();
    assertThat(body)
        .contains("\"ContainerInstanceTags\":{\"of\":\"i\"},\"TaskTags\":{\"of\":\"a\"}}");
    assertThat(get("/v4/e-full/task").body()).doesNotContain("Tags");
    agent.tags = arn -> new TagLookup.Tags(Map.of());
    assertThat(get("/v4/e-full/taskWithTags").body()).isEqualTo(get("/v4/e-full/task").body());
  }

  @Test
  void tags_that_are_refused_stand_under_errors_in_version_4_alone() {
    agent.tags =
        arn ->
            arn.equals(Agent.TASK)
                ? new TagLookup.Tags(Map.of("a", "b"))
                : new TagLookup.Refusal(400, "AccessDeniedException", "no", "req-1");
    var v4 = get("/v4/e-full/taskWithTags");
    assertThat(v4.status()).isEqualTo(200);
    assertThat(v4.body())
        .endsWith(
            ",\"TaskTags\":{\"a\":\"b\"},\"Errors\":[{\"ErrorField\":\"ContainerInstanceTags\","
                + "\"ErrorCode\":\"AccessDeniedException\",\"ErrorMessage\":\"no\","
                + "\"StatusCode\":400,\"RequestId\":\"req-1\",\"ResourceARN\":\""
                + Agent.INSTANCE
                + "\"}]}");
    assertThat(get("/v3/e-full/taskWithTags").body()).contains("TaskTags").doesNotContain("Errors");
  }

  @Test
  void tags_that_do_not_come_in_time_are_an_error_too() {
    front = front(Duration.ofMillis(20));
    var forever = new CountDownLatch(1);
    agent.tags =
        arn -> {
          try {
            forever.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return new TagLookup.Tags(Map.of("late", "1"));
        };
    var body = get("/v4/e-full/taskWithTags").body();
    assertThat(Json.parse(body).at("Errors").elements()).hasSize(2);
    assertThat(body).doesNotContain("late");
  }

  // Statistics

  @Test
  void statistics_pass_through_and_version_4_adds_rates() {
    var network = new Statistics.Network(0, 0, 0, 0, 0, 0, 0, 0, 12.5, 0);
    agent.statistics.put(Agent.DOCKER_ID, Agent.sample(network));
    var raw = "{\"name\":\"/x\",\"big\":18446744073709551615";
    var rated = raw + ",\"network_rate_stats\":{\"rx_bytes_per_sec\":12.5,\"tx_bytes_per_sec\":0}}";
    assertJson(get("/v4/e-full/stats"), 200, rated);
    assertJson(get("/v3/e-full/stats"), 200, raw + "}");
    assertJson(
        get("/v4/e-full/task/stats"),
        200,
        "{\"" + Agent.DOCKER_ID + "\":" + rated + ",\"" + "b".repeat(64) + "\":{}}");
  }

  @Test
  void a_container_of_the_hosts_network_has_no_rates() {
    agent.statistics.put(Agent.DOCKER_ID, Agent.sample(null));
    assertThat(get("/v4/e-full/stats").body()).doesNotContain("network_rate_stats");
  }

  @Test
  void statistics_that_are_not_there_yet_are_an_error() {
    assertProblem(
        get("/v4/e-full/stats"), 500, "Unable to get container stats for: " + Agent.DOCKER_ID);
    agent.rows = List.of(Agent.task("bridge", null, Agent.bare(null)));
    assertProblem(get("/v4/e-bare/task/stats"), 500, "Unable to get task stats for: " + Agent.TASK);
  }

  // Credentials

  @Test
  void credentials_are_given_to_whoever_knows_their_id() {
    agent.grant("role-id");
    var document =
        "{\"RoleArn\":\"arn:aws:iam::123456789012:role/r\",\"AccessKeyId\":\"ASIAX\","
            + "\"SecretAccessKey\":\"secret\",\"Token\":\"token\","
            + "\"Expiration\":\"2026-09-16T16:25:21Z\"}";
    assertJson(get("/v2/credentials/role-id"), 200, document);
    assertJson(get("/v1/credentials?id=role-id"), 200, document);
  }

  @Test
  void a_token_that_is_sent_must_be_one_of_the_tasks_containers() {
    agent.rows = List.of(Agent.task("host", "role-id", Agent.full()));
    agent.grant("role-id");
    token = Agent.ENDPOINT;
    assertThat(get("/v2/credentials/role-id").status()).isEqualTo(200);
    token = "another";
    assertThat(get("/v2/credentials/role-id").body()).contains("InvalidIdInRequest");
  }

  @ParameterizedTest
  @CsvSource({
    "/v2/credentials/x, InvalidIdInRequest, CredentialsV2Request: Credentials not found",
    "/v1/credentials?id=x, InvalidIdInRequest, CredentialsV1Request: Credentials not found",
    "/v2/credentials/, NoIdInRequest, CredentialsV2Request: No Credential ID in the request",
    "/v1/credentials, NoIdInRequest, CredentialsV1Request: No Credential ID in the request",
  })
  void credentials_nobody_has_are_an_error(String path, String code, String message) {
    assertJson(
        get(path),
        400,
        "{\"code\":\"%s\",\"message\":\"%s\",\"HTTPErrorCode\":400}".formatted(code, message));
  }

  // Faults

  @Test
  void faults_are_not_enabled() {
    var path = "/api/e-full/fault/v1/network-latency/start";
    assertJson(
        ask("POST", path, "{}"),
        400,
        "{\"Error\":\"enableFaultInjection is not enabled for task: " + Agent.TASK + "\"}");
    assertThat(ask("POST", path, "{}"))
        .isEqualTo(Reply.text(429, "You have reached maximum request limit"));
    clock.addAndGet(Duration.ofSeconds(5).toNanos());
    assertJson(ask("POST", path, ""), 400, "{\"Error\":\"required request body is missing\"}");
    var unknown = "/api/nope/fault/v1/network-packet-loss/status";
    assertJson(ask("POST", unknown, "{}"), 404, "{\"Error\":\"unable to lookup container: nope\"}");
    assertThat(get("/api/e-full/fault/v1/network-blackhole-port/stop").status()).isEqualTo(405);
    assertThat(ask("POST", "/api/e-full/fault/v1/fire/start", "{}")).isEqualTo(Reply.NOT_FOUND);
  }

  // Paths, verbs, limits

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v4",
        "/v4/",
        "/v4/e-full/",
        "/v4/e-full/task/",
        "/v4/e-full/tasks",
        "/v5/e-full",
        "/v2",
        "/v2/credentials",
        "/v2/metadata/a/b",
        "/v1/credentials/a",
        "/api/e-full",
        "/api/e-full/task-protection/v1/state/",
        "/v4/e-full/associations",
        "/metrics"
      })
  void paths_that_do_not_exist_are_not_found(String path) {
    assertThat(get(path)).isEqualTo(Reply.text(404, "404 page not found\n"));
  }

  @Test
  void associations_are_always_empty() {
    assertJson(get("/v4/e-full/associations/elastic-inference"), 200, "{\"Associations\":[]}");
    assertThat(get("/v4/nope/associations/elastic-inference").status()).isEqualTo(404);
  }

  @Test
  void wrong_verbs_are_refused() {
    assertThat(ask("DELETE", PROTECTION, "").status()).isEqualTo(405);
    assertThat(ask("POST", "/v4/e-full", "").status()).isEqualTo(405);
    assertThat(ask("POST", "/v2/credentials/role-id", "").status()).isEqualTo(405);
    assertThat(ask("HEAD", "/v4/e-full", "").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "//v3//x, /v3/x",
    "/v4/./e-full/../e-bare?a=b//c, /v4/e-bare?a=b//c",
    "/v4/e-full//, /v4/e-full/",
    "/../.., /",
  })
  void unclean_paths_are_sent_to_what_they_mean(String target, String location) {
    assertThat(get(target)).isEqualTo(Reply.movedTo(location));
  }

  @Test
  void a_client_may_ask_a_path_sixty_times_at_once_and_forty_times_a_second() {
    for (var i = 0; i < 60; i++) {
      assertThat(get("/v4/e-full").status()).isEqualTo(200);
    }
    assertThat(get("/v4/e-full"))
        .isEqualTo(Reply.text(429, "You have reached maximum request limit."));
    assertThat(get("/v4/e-full/task").status()).isEqualTo(200);
    clock.addAndGet(Duration.ofMillis(500).toNanos());
    for (var i = 0; i < 20; i++) {
      assertThat(get("/v4/e-full").status()).isEqualTo(200);
    }
    assertThat(get("/v4/e-full").status()).isEqualTo(429);
  }

  @Test
  void the_limits_memory_is_bounded() {
    var limit = new RateLimit(1, 1);
    assertThat(limit.admits("first", 0)).isTrue();
    assertThat(limit.admits("first", 0)).isFalse();
    for (var i = 0; i < RateLimit.KEYS; i++) {
      limit.admits("k" + i, 0);
    }
    assertThat(limit.admits("first", 0)).isTrue();
  }
}
