package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.container;
import static dev.longshore.core.taskdefinition.Definitions.fargate;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.core.model.TaskDefinitionFamily;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.HealthCheck;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.LimitExceededException;
import dev.longshore.shapes.ecs.PortMapping;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionResponse;
import dev.longshore.shapes.ecs.Tag;
import dev.longshore.shapes.ecs.TaskDefinition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegisterTaskDefinitionTest {
  private final Harbour harbour = new Harbour();
  private final Definitions definitions = new Definitions(harbour);

  @Test
  void the_first_revision_of_a_family_is_1_and_active() {
    TaskDefinition first = definitions.register(web(app()));
    assertThat(first.revision()).isEqualTo(1);
    assertThat(first.status()).isEqualTo("ACTIVE");
    assertThat(first.taskDefinitionArn())
        .isEqualTo("arn:aws:ecs:us-east-1:123456789012:task-definition/web:1");
  }

  @Test
  void the_same_body_again_is_the_next_revision() {
    definitions.register(web(app()));
    assertThat(definitions.register(web(app())).revision()).isEqualTo(2);
  }

  @Test
  void a_plain_definition_comes_back_with_the_defaults_and_nothing_more() {
    harbour.as("arn:aws:iam::123456789012:user/ann");
    TaskDefinition plain = definitions.register(web(app()));
    assertThat(plain)
        .isEqualTo(
            TaskDefinition.builder()
                .taskDefinitionArn("arn:aws:ecs:us-east-1:123456789012:task-definition/web:1")
                .containerDefinitions(
                    List.of(
                        ContainerDefinition.builder()
                            .name("app")
                            .image("busybox")
                            .memory(64)
                            .cpu(0)
                            .environment(List.of())
                            .essential(true)
                            .mountPoints(List.of())
                            .portMappings(List.of())
                            .systemControls(List.of())
                            .volumesFrom(List.of())
                            .build()))
                .family("web")
                .revision(1)
                .volumes(List.of())
                .status("ACTIVE")
                .placementConstraints(List.of())
                .compatibilities(List.of("EXTERNAL", "EC2"))
                .registeredAt(Harbour.OPENING)
                .registeredBy("arn:aws:iam::123456789012:user/ann")
                .build());
  }

  @Test
  void tags_stand_beside_the_definition_and_only_if_there_were_any() {
    Tag tag = new Tag("a", "1");
    RegisterTaskDefinitionResponse tagged = definitions.respond(web(app()).tags(List.of(tag)));
    assertThat(tagged.tags()).containsExactly(tag);
    assertThat(definitions.respond(web(app())).tags()).isNull();
  }

  @Test
  void reserved_tags_are_refused_and_give_no_revision() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> definitions.register(web(app()).tags(List.of(new Tag("aws:a", "1")))));
    assertThat(definitions.register(web(app())).revision()).isEqualTo(1);
  }

  @Test
  void an_empty_list_of_containers_is_refused() {
    definitions.refused(web()).withMessage("Container list cannot be empty.");
  }

  @Test
  void eleven_containers_are_too_many() {
    List<ContainerDefinition> containers = new ArrayList<>();
    for (int at = 0; at < 11; at++) {
      containers.add(container("c" + at).build());
    }
    definitions
        .refused(web().containerDefinitions(containers))
        .withMessageStartingWith("Too many containers");
    assertThat(definitions.register(web().containerDefinitions(containers.subList(0, 10))))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"my app", "a/b", "é", "a.b"})
  void a_family_of_other_characters_is_refused(String family) {
    definitions
        .refused(web(app()).family(family))
        .withMessage("Family contains invalid characters.");
  }

  @Test
  void a_family_is_needed_and_has_at_most_255_characters() {
    definitions.refused(web(app()).family("")).withMessage("Family should not be null or empty.");
    definitions
        .refused(web(app()).family("a".repeat(256)))
        .withMessage("Family contains invalid characters.");
    definitions.register(web(app()).family("a".repeat(255)));
  }

  @Test
  void the_missing_essential_container_is_told_before_the_wrong_network_mode() {
    definitions
        .refused(fargate(app().essential(false)).networkMode("bridge"))
        .withMessage("Task definition doesn't have any essential container.");
  }

  @Test
  void a_size_that_cannot_be_read_is_told_before_the_missing_essential_container() {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> definitions.register(fargate(app().essential(false)).cpu("bad")))
        .withMessage("Invalid 'cpu' setting for task.");
  }

  @Test
  void the_network_mode_is_told_before_what_is_wrong_with_a_container() {
    definitions
        .refused(fargate(app().image("")).networkMode("bridge"))
        .withMessage("Fargate only supports network mode \u2018awsvpc\u2019.");
  }

  @Test
  void a_containers_fault_is_told_before_a_cycle_and_that_before_the_size_on_fargate() {
    var cycle =
        app()
            .dependsOn(
                List.of(
                    dev.longshore.shapes.ecs.ContainerDependency.builder()
                        .containerName("app")
                        .condition("START")
                        .build()));
    definitions
        .refused(fargate(cycle.image("")).cpu("1"))
        .withMessage("Container.image should not be null or empty.");
    definitions
        .refused(fargate(cycle.image("busybox")).cpu("1"))
        .withMessage("Container dependsOn contains a cycle");
  }

  @ParameterizedTest
  @CsvSource({
    "256, 256",
    "0.25 vCPU, 256",
    ".25 vcpu, 256",
    "0.25vCPU, 256",
    "1 vCPU, 1024",
    "1 VCPU, 1024",
  })
  void the_cpu_of_a_task_comes_back_in_units(String sent, String shown) {
    assertThat(definitions.register(web(app()).cpu(sent)).cpu()).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource({"512, 512", "0.5 GB, 512", "0.5GB, 512", ".5gb, 512", "2GB, 2048", "2 GB, 2048"})
  void the_memory_of_a_task_comes_back_in_mib(String sent, String shown) {
    assertThat(definitions.register(web(app()).memory(sent)).memory()).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bad",
        "",
        "-256",
        "0",
        "0.3 vCPU",
        "1  vCPU",
        "1.5",
        "256 units",
        "99999999999999999999",
        "1e3"
      })
  void a_size_that_is_no_whole_number_of_units_is_refused(String size) {
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> definitions.register(web(app()).cpu(size)))
        .withMessage("Invalid 'cpu' setting for task.");
    assertThatExceptionOfType(InvalidParameterException.class)
        .isThrownBy(() -> definitions.register(web(app()).memory(size)))
        .withMessage("Invalid 'memory' setting for task.");
  }

  @Test
  void tasks_on_instances_have_128_to_196608_cpu_units() {
    for (String cpu : List.of("127", "196609")) {
      assertThatExceptionOfType(InvalidParameterException.class)
          .isThrownBy(() -> definitions.register(web(app()).cpu(cpu)));
    }
    definitions.register(web(app()).cpu("128"));
    definitions.register(web(app()).cpu("196608"));
  }

  @Test
  void a_port_mapping_on_a_bridge_has_a_dynamic_host_port_and_tcp() {
    assertThat(definitions.only(web(app().portMappings(ports(80, null)))).portMappings())
        .containsExactly(
            PortMapping.builder().containerPort(80).hostPort(0).protocol("tcp").build());
  }

  @ParameterizedTest
  @ValueSource(strings = {"host", "awsvpc"})
  void a_port_mapping_without_a_bridge_has_one_port_on_both_sides(String networkMode) {
    for (Integer host : new Integer[] {null, 0, 80}) {
      RegisterTaskDefinitionRequest.Builder request =
          web(app().portMappings(ports(80, host))).networkMode(networkMode);
      assertThat(definitions.only(request).portMappings())
          .containsExactly(
              PortMapping.builder().containerPort(80).hostPort(80).protocol("tcp").build());
    }
  }

  @Test
  void a_range_of_ports_gets_no_host_port() {
    var range = PortMapping.builder().containerPortRange("80-90");
    assertThat(definitions.only(web(app().portMappings(List.of(range.build())))).portMappings())
        .containsExactly(range.protocol("tcp").build());
  }

  @Test
  void a_health_check_gets_its_times_but_no_start_period() {
    var check = HealthCheck.builder().command(List.of("CMD", "true"));
    assertThat(definitions.only(web(app().healthCheck(check.build()))).healthCheck())
        .isEqualTo(check.interval(30).timeout(5).retries(3).build());
  }

  @Test
  void a_definition_has_at_most_64_kibibytes() {
    List<String> half = List.of("x".repeat(32_000));
    definitions.register(web(app().command(half).entryPoint(half)));
    definitions
        .refused(web(app().command(half).entryPoint(Collections.nCopies(3, half.getFirst()))))
        .withMessageMatching(
            "Actual length: '128\\d{3}'\\. Max allowed length is '65536' bytes\\.");
  }

  @Test
  void a_family_has_at_most_a_million_revisions() {
    harbour.edit(
        draft -> draft.put(TaskDefinitionFamily.KIND, new TaskDefinitionFamily("web", 1_000_000)));
    assertThatExceptionOfType(LimitExceededException.class)
        .isThrownBy(() -> definitions.register(web(app())));
  }

  private static List<PortMapping> ports(
      int container, @org.jspecify.annotations.Nullable Integer host) {
    return List.of(PortMapping.builder().containerPort(container).hostPort(host).build());
  }
}
