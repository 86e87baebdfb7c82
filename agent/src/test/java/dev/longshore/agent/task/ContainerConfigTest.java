package dev.longshore.agent.task;

import static dev.longshore.agent.task.Bench.arn;
import static dev.longshore.agent.task.Bench.container;
import static dev.longshore.agent.task.Bench.task;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.wire.json.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContainerConfigTest {
  private final Bench bench = new Bench();

  private Effect.CreateContainer created(String members, String... container) {
    bench.payload(
        task("a", container("web_1", container)).replace("'family'", members + "'family'"));
    bench.resolve("a", "web_1");
    for (Effect.CreateVolume volume : bench.asked(Effect.CreateVolume.class)) {
      bench.step(new Event.VolumeCreated(arn("a"), volume.volume()));
    }
    bench.pull("a", "web_1");
    return bench.asked(Effect.CreateContainer.class).getFirst();
  }

  private String failure(String... container) {
    bench.payload(task("a", container("web_1", container)));
    bench.resolve("a", "web_1");
    bench.pull("a", "web_1");
    return String.valueOf(bench.container("a", "web_1").reason());
  }

  @Test
  void a_container_gets_the_agents_name_labels_and_variables() {
    Effect.CreateContainer create =
        created("", "'environment':{'FOO':'bar'}", "'command':['sh']", "'entryPoint':['e']");
    assertThat(create.dockerName()).matches("ecs-web-7-web1-[0-9a-f]{20}");
    String id = bench.container("a", "web_1").endpointId();
    assertThat(id).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(create.config().at("Env").texts())
        .containsExactly(
            "FOO=bar",
            "ECS_CONTAINER_METADATA_URI=http://169.254.170.2/v3/" + id,
            "ECS_CONTAINER_METADATA_URI_V4=http://169.254.170.2/v4/" + id,
            "ECS_AGENT_URI=http://169.254.170.2/api/" + id);
    assertThat(create.config().at("Image").text()).isEqualTo("busybox:latest");
    assertThat(create.config().at("Cmd").texts()).containsExactly("sh");
    assertThat(create.config().at("Entrypoint").texts()).containsExactly("e");
    assertThat(create.config().at("Labels").textMembers())
        .containsEntry("com.amazonaws.ecs.cluster", "default")
        .containsEntry("com.amazonaws.ecs.container-name", "web_1")
        .containsEntry("com.amazonaws.ecs.task-arn", arn("a"))
        .containsEntry("com.amazonaws.ecs.task-definition-family", "web")
        .containsEntry("com.amazonaws.ecs.task-definition-version", "7")
        .containsEntry("dev.longshore.agent", "bench");
  }

  @Test
  void a_task_role_adds_the_credentials_path() {
    Effect.CreateContainer create = created("'roleCredentials':{'credentialsId':'cid'},");
    assertThat(create.config().at("Env").texts())
        .contains("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI=/v2/credentials/cid");
  }

  @Test
  void without_the_well_known_address_the_whole_one_is_told_with_a_token() {
    Settings elsewhere =
        new Settings(
            "default",
            1024,
            1024,
            List.of(),
            List.of(),
            "",
            49_153,
            65_535,
            Duration.ofSeconds(30),
            Duration.ofHours(3),
            "http://127.0.0.1:5000",
            Map.of());
    Bench bench = new Bench(elsewhere, 1);
    bench.payload(
        task("a", container("c"))
            .replace("'family'", "'roleCredentials':{'credentialsId':'cid'},'family'"));
    bench.resolve("a", "c");
    bench.pull("a", "c");
    assertThat(bench.asked(Effect.CreateContainer.class).getFirst().config().at("Env").texts())
        .contains(
            "AWS_CONTAINER_CREDENTIALS_FULL_URI=http://127.0.0.1:5000/v2/credentials/cid",
            "AWS_CONTAINER_AUTHORIZATION_TOKEN=" + bench.container("a", "c").endpointId())
        .noneMatch(line -> line.startsWith("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"));
  }

  @Test
  void limits_have_their_floors_and_ceilings() {
    Effect.CreateContainer create =
        created("'launchType':'FARGATE',", "'cpu':300000", "'memory':1");
    assertThat(create.hostConfig().at("CpuShares").number()).isEqualTo(262_144);
    assertThat(create.hostConfig().at("Memory").number()).isEqualTo(4 << 20);
  }

  @Test
  void no_cpu_is_two_shares_and_no_memory_no_limit() {
    Effect.CreateContainer create = created("");
    assertThat(create.hostConfig().at("CpuShares").number()).isEqualTo(2);
    assertThat(create.hostConfig().at("Memory").isNull()).isTrue();
  }

  @Test
  void host_ports_are_bound_to_the_instances_address() {
    Effect.CreateContainer create =
        created(
            "",
            "'portMappings':[{'containerPort':80,'hostPort':8080},"
                + "{'containerPort':53,'protocol':'udp'},{'containerPortRange':'90-91'}]");
    assertThat(create.hostConfig().at("PortBindings").write())
        .isEqualTo(
            Bench.quoted(
                "{'80/tcp':[{'HostIp':'127.0.1.1','HostPort':'8080'}],"
                    + "'53/udp':[{'HostIp':'127.0.1.1','HostPort':''}],"
                    + "'90/tcp':[{'HostIp':'127.0.1.1','HostPort':'50000'}],"
                    + "'91/tcp':[{'HostIp':'127.0.1.1','HostPort':'50001'}]}"));
    assertThat(create.config().at("ExposedPorts").members())
        .containsOnlyKeys("80/tcp", "53/udp", "90/tcp", "91/tcp");
  }

  @Test
  void port_ranges_of_two_tasks_do_not_overlap_and_a_full_range_is_a_failure() {
    String range = "'portMappings':[{'containerPortRange':'90-95'}]";
    created("", range);
    bench.payload(task("b", container("c", range)));
    bench.resolve("b", "c");
    bench.pull("b", "c");
    assertThat(bench.container("b", "c").reason())
        .isEqualTo("HostConfigError: no free host ports for the container port range");
  }

  @Test
  void volumes_are_bound_by_path_or_by_the_engines_name() {
    Effect.CreateContainer create =
        created(
            "'volumes':[{'name':'h','host':{'sourcePath':'/srv'}},{'name':'t','host':{}},"
                + "{'name':'s','type':'docker','dockerVolumeConfiguration':"
                + "{'scope':'shared','autoprovision':true}}],",
            "'mountPoints':[{'sourceVolume':'h','containerPath':'/h','readOnly':true},"
                + "{'sourceVolume':'t','containerPath':'/t'},"
                + "{'sourceVolume':'s','containerPath':'/s'}]");
    assertThat(create.hostConfig().at("Binds").texts().get(0)).isEqualTo("/srv:/h:ro");
    assertThat(create.hostConfig().at("Binds").texts().get(1))
        .matches("ecs-web-7-t-[0-9a-f]{20}:/t");
    assertThat(create.hostConfig().at("Binds").texts().get(2)).isEqualTo("s:/s");
    assertThat(bench.asked(Effect.CreateVolume.class)).hasSize(2);
  }

  @Test
  void an_own_volume_goes_with_its_task_and_a_shared_one_stays() {
    created(
        "'volumes':[{'name':'t','host':{}},{'name':'s','type':'docker',"
            + "'dockerVolumeConfiguration':{'scope':'shared','autoprovision':true}}],");
    bench.create("a", "web_1");
    bench.start("a", "web_1");
    bench.exit("a", "web_1", 0);
    bench.settle("a");
    bench.pass(Duration.ofHours(3));
    bench.step(new Event.ContainerRemoved(arn("a"), "web_1"));
    assertThat(bench.asked(Effect.RemoveVolume.class))
        .extracting(Effect.RemoveVolume::volume)
        .containsExactly("t");
    bench.step(new Event.VolumeRemoved(arn("a"), "t"));
    assertThat(bench.engine.tasks()).isEmpty();
  }

  @Test
  void the_payloads_docker_configuration_is_laid_on_top() {
    Effect.CreateContainer create =
        created(
            "'pidMode':'host',",
            "'memory':64",
            "'dockerConfig':{'config':'{\\'User\\':\\'nobody\\',\\'Labels\\':{\\'a\\':\\'b\\'}}',"
                + "'hostConfig':'{\\'NetworkMode\\':\\'host\\',\\'Memory\\':8388608}'}");
    assertThat(create.config().at("User").text()).isEqualTo("nobody");
    assertThat(create.config().at("Labels").textMembers())
        .containsEntry("a", "b")
        .containsEntry("com.amazonaws.ecs.container-name", "web_1");
    assertThat(create.hostConfig().at("NetworkMode").text()).isEqualTo("host");
    assertThat(create.hostConfig().at("Memory").number()).isEqualTo(8 << 20);
    assertThat(create.hostConfig().at("PidMode").text()).isEqualTo("host");
    bench.create("a", "web_1");
    assertThat(bench.asked(Effect.StartContainer.class).getFirst().networkMode()).isEqualTo("host");
  }

  @Test
  void links_and_volumes_from_name_the_other_containers_of_the_engine() {
    bench.payload(
        task(
            "a",
            container("db"),
            container(
                "app",
                "'links':['db:database','db']",
                "'volumesFrom':[{'sourceContainer':'db','readOnly':true}]")));
    bench.run("a", "db");
    bench.resolve("a", "app");
    bench.pull("a", "app");
    Json host = bench.asked(Effect.CreateContainer.class).getLast().hostConfig();
    String db = bench.container("a", "db").dockerName();
    assertThat(host.at("Links").texts()).containsExactly(db + ":database", db + ":db");
    assertThat(host.at("VolumesFrom").texts()).containsExactly(db + ":ro");
  }

  @Test
  void an_unknown_volume_is_a_host_config_error() {
    assertThat(failure("'mountPoints':[{'sourceVolume':'nope','containerPath':'/x'}]"))
        .isEqualTo("HostConfigError: Invalid volume referenced: nope");
  }

  @Test
  void broken_docker_configuration_is_named_after_its_half() {
    assertThat(failure("'dockerConfig':{'config':'{'}"))
        .startsWith("DockerClientConfigError: Unable decode given docker config: ");
    Bench second = new Bench();
    second.payload(task("a", container("c", "'dockerConfig':{'hostConfig':'[]'}")));
    second.resolve("a", "c");
    second.pull("a", "c");
    assertThat(second.container("a", "c").reason())
        .startsWith("HostConfigError: Unable to decode given host config: ");
  }

  @Test
  void a_health_check_type_without_a_health_check_fails_the_container() {
    assertThat(failure("'healthCheckType':'docker'"))
        .isEqualTo(
            "DockerClientConfigError: docker health check is nil while container health check"
                + " type is DOCKER");
  }

  @Test
  void a_command_override_replaces_the_command() {
    Effect.CreateContainer create =
        created("", "'command':['a']", "'overrides':'{\\'command\\':[\\'b\\',\\'c\\']}'");
    assertThat(create.config().at("Cmd").texts()).containsExactly("b", "c");
  }
}
