package dev.longshore.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.agent.docker.Busybox;
import dev.longshore.agent.docker.Container;
import dev.longshore.agent.docker.ContainerSummary;
import dev.longshore.agent.link.FakeControlPlane;
import dev.longshore.agent.link.FakeControlPlane.Call;
import dev.longshore.agent.link.FakeControlPlane.Session;
import dev.longshore.agent.link.Timing;
import dev.longshore.agent.metadata.TaskEndpoints;
import dev.longshore.wire.json.Json;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole agent between a scripted control plane and a real container engine. */
@Tag("docker")
@Timeout(120)
class AgentDockerTest {
  private static final Timing QUICK =
      new Timing(
          Duration.ofMinutes(1),
          Duration.ofMinutes(30),
          Duration.ofMinutes(5),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMillis(50),
          Duration.ofMillis(200));

  @TempDir Path directory;
  private final FakeControlPlane control = new FakeControlPlane();
  private Busybox busybox;
  private AgentHost host;
  private Agent agent;
  private int messages;

  private AgentHost host() {
    TaskEndpoints nowhere = source -> () -> {};
    return new AgentHost(busybox.engine(), nowhere, null, QUICK, InstantSource.system());
  }

  @BeforeEach
  void begin() throws Exception {
    busybox = new Busybox();
    host = host();
    agent = agent();
    assertThat(agent.registered().get(20, TimeUnit.SECONDS)).isEqualTo(FakeControlPlane.ARN);
    agent.connected().get(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws InterruptedException {
    agent.stop(false);
    assertThat(containers()).isEmpty();
    busybox.close();
    host.close();
    control.close();
  }

  private Agent agent() {
    Map<String, String> variables = new LinkedHashMap<>();
    variables.put("ECS_DATADIR", String.valueOf(directory));
    variables.put("ECS_CLUSTER", "default");
    variables.put("ECS_BACKEND_HOST", control.uri().toString());
    variables.put("AWS_ACCESS_KEY_ID", FakeControlPlane.KEYS.accessKeyId());
    variables.put("AWS_SECRET_ACCESS_KEY", FakeControlPlane.KEYS.secretAccessKey());
    variables.put("ECS_IMAGE_PULL_BEHAVIOR", "prefer-cached");
    variables.put("ECS_CONTAINER_STOP_TIMEOUT", "2s");
    variables.put("LONGSHORE_BIND_ADDRESS", "127.0.1.9");
    return Agent.start(AgentConfig.of(variables), host);
  }

  private List<ContainerSummary> containers() {
    return busybox.engine().containers().list(List.of(Identity.LABEL), true).stream()
        .filter(c -> c.labels().getOrDefault(Identity.LABEL, "").endsWith(":" + directory))
        .toList();
  }

  private String send(Session acs, String task) {
    messages++;
    String id = "m-" + messages;
    acs.send(
        "{'type':'PayloadMessage','message':{'messageId':'"
            + id
            + "','clusterArn':'arn:c','containerInstanceArn':'arn:i','tasks':["
            + task
            + "]}}");
    return id;
  }

  private static String task(String id, String... containers) {
    return "{'arn':'arn:aws:ecs:us-east-1:1:task/default/"
        + id
        + "','family':'t','version':'1','desiredStatus':'RUNNING','containers':["
        + String.join(",", containers)
        + "]}";
  }

  private static String shell(String name, String script, String... more) {
    return "{'name':'"
        + name
        + "','image':'"
        + Busybox.IMAGE
        + "','essential':true,'memory':64,'command':['sh','-c','"
        + script
        + "']"
        + (more.length == 0 ? "" : "," + String.join(",", more))
        + "}";
  }

  private Json report(String status) throws InterruptedException {
    while (true) {
      Call call = control.call("SubmitTaskStateChange");
      if (call.body().at("status").text().equals(status)) {
        return call.body();
      }
    }
  }

  @Test
  void a_task_runs_is_reported_and_its_exit_code_too() throws Exception {
    Session acs = control.acs();
    String id = send(acs, task("one", shell("app", "echo $ECS_AGENT_URI; sleep 0.3; exit 3")));
    assertThat(acs.message("AckRequest").write())
        .isEqualTo(
            "{\"cluster\":\"arn:c\",\"containerInstance\":\"arn:i\",\"messageId\":\"" + id + "\"}");
    Json running = report("RUNNING");
    Json entry = running.at("containers").elements().getFirst();
    assertThat(entry.at("runtimeId").text()).hasSize(64);
    Json stopped = report("STOPPED");
    assertThat(stopped.at("reason").text()).isEmpty();
    assertThat(stopped.at("containers").elements().getFirst().at("exitCode").number()).isEqualTo(3);
    assertThat(stopped.at("executionStoppedAt").isNull()).isFalse();
  }

  @Test
  void a_host_port_is_open_on_the_instances_own_address() throws Exception {
    String script = "while true; do echo hello | busybox nc -l -p 80; done";
    send(
        control.acs(),
        task("two", shell("app", script, "'portMappings':[{'containerPort':80,'hostPort':0}]")));
    Json binding = report("RUNNING").at("containers").elements().getFirst().at("networkBindings");
    Json first = binding.elements().getFirst();
    assertThat(first.at("bindIP").text()).isEqualTo("127.0.1.9");
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.1.9", (int) first.at("hostPort").number()), 5000);
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void a_stop_that_is_ignored_ends_in_a_kill() throws Exception {
    Session acs = control.acs();
    send(
        acs,
        task(
            "three",
            shell("app", "trap true TERM; while true; do sleep 0.1; done", "'stopTimeout':2")));
    var _ = report("RUNNING");
    send(acs, "{'arn':'arn:aws:ecs:us-east-1:1:task/default/three','desiredStatus':'STOPPED'}");
    Json stopped = report("STOPPED");
    assertThat(stopped.at("containers").elements().getFirst().at("exitCode").number())
        .isEqualTo(137);
  }

  @Test
  void a_missing_image_and_a_missing_command_are_reported_with_their_reasons() throws Exception {
    Session acs = control.acs();
    send(acs, task("four", "{'name':'app','image':'" + Busybox.IMAGE + "','essential':true}"));
    assertThat(report("STOPPED").at("containers").elements().getFirst().at("reason").text())
        .startsWith("CannotCreateContainerError: Error response from daemon: ");
    send(
        acs,
        task(
            "five",
            "{'name':'app','image':'"
                + Busybox.IMAGE
                + "','essential':true,'command':['/no/such']}"));
    Json entry = report("STOPPED").at("containers").elements().getFirst();
    assertThat(entry.at("reason").text())
        .startsWith("CannotStartContainerError: Error response from daemon: ");
    assertThat(entry.at("exitCode").isNull()).isTrue();
  }

  @Test
  void health_is_told_as_soon_as_it_is_known() throws Exception {
    Session tcs = control.tcs();
    send(
        control.acs(),
        task(
            "six",
            shell(
                "app",
                "sleep 60",
                "'healthCheckType':'docker'",
                "'dockerConfig':{'config':'{\\'Healthcheck\\':{\\'Test\\':[\\'CMD\\',\\'true\\'],"
                    + "\\'Interval\\':1000000000,\\'Timeout\\':1000000000,\\'Retries\\':1}}'}")));
    var _ = report("RUNNING");
    String health = "";
    while (!health.equals("HEALTHY")) {
      Json tasks = tcs.message("PublishHealthRequest").at("tasks");
      health =
          tasks
              .elements()
              .getFirst()
              .at("containers")
              .elements()
              .getFirst()
              .at("healthStatus")
              .text();
    }
    assertThat(health).isEqualTo("HEALTHY");
  }

  @Test
  void a_restarted_agent_takes_up_its_containers_and_reports_what_it_missed() throws Exception {
    Session acs = control.acs();
    send(acs, task("stays", shell("app", "sleep 60")));
    send(acs, task("ends", shell("app", "sleep 60")));
    var _ = report("RUNNING");
    var _ = report("RUNNING");
    List<String> before = containers().stream().map(ContainerSummary::id).sorted().toList();
    agent.stop(true);
    String ended =
        containers().stream()
            .filter(c -> c.labels().containsValue("arn:aws:ecs:us-east-1:1:task/default/ends"))
            .findFirst()
            .orElseThrow()
            .id();
    busybox.engine().containers().kill(ended, "SIGKILL");
    host = host();
    agent = agent();
    agent.connected().get(20, TimeUnit.SECONDS);
    Json stopped = report("STOPPED");
    assertThat(stopped.at("task").text()).endsWith("/ends");
    assertThat(stopped.at("containers").elements().getFirst().at("exitCode").number())
        .isEqualTo(137);
    assertThat(containers().stream().map(ContainerSummary::id).sorted().toList()).isEqualTo(before);
    Call again = control.call("RegisterContainerInstance");
    Call second = control.call("RegisterContainerInstance");
    assertThat(again.body().at("containerInstanceArn").isNull()).isTrue();
    assertThat(second.body().at("containerInstanceArn").text()).isEqualTo(FakeControlPlane.ARN);
    Container stays = busybox.engine().containers().inspect(before.getFirst());
    assertThat(stays.restartCount()).isZero();
  }

  @Test
  void a_container_of_a_forgotten_task_is_removed() throws Exception {
    agent.stop(true);
    String label = Identity.read(directory, "").label();
    String id =
        busybox
            .engine()
            .containers()
            .create(
                busybox.name("forgotten"),
                busybox
                    .shell("sleep 60")
                    .labels(
                        Map.of(
                            Identity.LABEL,
                            label,
                            "com.amazonaws.ecs.task-arn",
                            "arn:gone",
                            "com.amazonaws.ecs.container-name",
                            "app")))
            .id();
    host = host();
    agent = agent();
    agent.connected().get(20, TimeUnit.SECONDS);
    // The first task that runs proves that the agent has looked around by then.
    send(laterAcs(), task("seven", shell("app", "sleep 60")));
    var _ = report("RUNNING");
    for (int i = 0; i < 200 && containers().size() > 1; i++) {
      var _ = control.callWithin("Never", 50);
    }
    assertThat(containers()).extracting(ContainerSummary::id).doesNotContain(id);
  }

  private Session laterAcs() throws InterruptedException {
    var _ = control.acs();
    return control.acs();
  }
}
