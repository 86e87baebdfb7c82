package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.Yard;
import dev.longshore.core.model.Task;
import dev.longshore.core.taskdefinition.TaskDefinitions;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.ContainerOverride;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.KeyValuePair;
import dev.longshore.shapes.ecs.TaskOverride;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TaskOverridesTest {
  private final Yard yard = new Yard();

  @BeforeEach
  void open() {
    yard.instance();
    yard.define(
        "app",
        Yard.app()
            .command(List.of("sleep", "1"))
            .environment(List.of(new KeyValuePair("A", "1"), new KeyValuePair("B", "1")))
            .build(),
        Yard.container("side").build());
  }

  @Test
  void override_environment_a_2_where_the_definition_says_a_1_b_1_gives_a_2_b_1() {
    String arn =
        run(
            override("app")
                .environment(List.of(new KeyValuePair("A", "2"), new KeyValuePair("C", "3"))));
    assertThat(effective(arn).getFirst().environment())
        .containsExactly(
            new KeyValuePair("A", "2"), new KeyValuePair("B", "1"), new KeyValuePair("C", "3"));
  }

  @Test
  void an_overriding_command_replaces_the_definitions_wholly_and_an_empty_one_nothing() {
    assertThat(effective(run(override("app").command(List.of("true")))).getFirst().command())
        .containsExactly("true");
    assertThat(effective(run(override("app").command(List.of()))).getFirst().command())
        .containsExactly("sleep", "1");
  }

  @Test
  void override_of_an_unknown_container_is_invalid_and_names_it() {
    assertThatThrownBy(() -> run(override("nope")))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Override for container named nope is not a container in the TaskDefinition.");
  }

  @Test
  void an_override_with_keys_but_no_name_is_invalid() {
    assertThatThrownBy(() -> run(ContainerOverride.builder().cpu(1)))
        .isInstanceOf(InvalidParameterException.class);
  }

  @Test
  void overrides_json_of_8193_characters_is_an_error_and_of_8192_is_not() {
    int around = "{\"containerOverrides\":[{\"name\":\"app\",\"command\":[\"\"]}]}".length();
    ContainerOverride.Builder longest = override("app").command(List.of("x".repeat(8192 - around)));
    assertThat(run(longest)).isNotEmpty();
    assertThatThrownBy(() -> run(override("app").command(List.of("x".repeat(8193 - around)))))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Container Overrides length must be at most 8192");
  }

  @Test
  void effective_sizes_are_what_placement_books() {
    Task sum = yard.row(run(override("app").cpu(100).memory(300)));
    assertThat(sum.cpu()).isEqualTo(100);
    assertThat(sum.memory()).isEqualTo(300 + 128);
    Task whole = yard.row(run(TaskOverride.builder().cpu("0.5 vCPU").memory("1 GB").build()));
    assertThat(whole.cpu()).isEqualTo(512);
    assertThat(whole.memory()).isEqualTo(1024);
    assertThat(known(whole.overrides()).cpu()).isEqualTo("512");
    assertThat(known(whole.overrides()).memory()).isEqualTo("1024");
  }

  @Test
  void sizes_that_are_none_are_refused() {
    assertThatThrownBy(() -> run(TaskOverride.builder().cpu("much").build()))
        .isInstanceOf(InvalidParameterException.class)
        .hasMessage("Invalid 'cpu' setting for task.");
    assertThatThrownBy(() -> run(override("app").cpu(-1)))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> run(override("app").memoryReservation(256)))
        .isInstanceOf(ClientException.class)
        .hasMessage(
            "Invalid setting for container 'app'. 'memory' must be greater than or equal to"
                + " 'memoryReservation'.");
  }

  @Test
  void describe_echoes_one_override_per_container() {
    String arn = run(override("app").cpu(5));
    assertThat(yard.describe(arn).overrides())
        .isEqualTo(
            TaskOverride.builder()
                .containerOverrides(
                    List.of(
                        override("app").cpu(5).build(),
                        ContainerOverride.builder().name("side").build()))
                .inferenceAcceleratorOverrides(List.of())
                .build());
  }

  private static ContainerOverride.Builder override(String name) {
    return ContainerOverride.builder().name(name);
  }

  private String run(ContainerOverride.Builder override) {
    return run(TaskOverride.builder().containerOverrides(List.of(override.build())).build());
  }

  private String run(TaskOverride override) {
    var response = yard.run("app", request -> request.overrides(override));
    assertThat(response.failures()).isEmpty();
    return known(known(response.tasks()).getFirst().taskArn());
  }

  private List<ContainerDefinition> effective(String arn) {
    Task task = yard.row(arn);
    var definition = known(TaskDefinitions.row(yard.harbour.state(), task.taskDefinitionArn()));
    return TaskOverrides.containers(definition.definition(), task.overrides());
  }
}
