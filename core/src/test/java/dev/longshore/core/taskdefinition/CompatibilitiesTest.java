package dev.longshore.core.taskdefinition;

import static dev.longshore.core.taskdefinition.Definitions.app;
import static dev.longshore.core.taskdefinition.Definitions.fargate;
import static dev.longshore.core.taskdefinition.Definitions.web;
import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RuntimePlatform;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompatibilitiesTest {
  private final Definitions definitions = new Definitions(new Harbour());

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"bridge", "host", "none"})
  void without_awsvpc_there_are_external_and_ec2(String networkMode) {
    assertThat(of(web(app()).networkMode(networkMode))).containsExactly("EXTERNAL", "EC2");
  }

  @Test
  void awsvpc_on_linux_has_three_in_an_order_that_depends_on_the_processor() {
    assertThat(of(fargate(app()))).containsExactly("EC2", "MANAGED_INSTANCES", "FARGATE");
    assertThat(of(fargate(app()).runtimePlatform(new RuntimePlatform("X86_64", "LINUX"))))
        .containsExactly("EC2", "MANAGED_INSTANCES", "FARGATE");
    assertThat(of(fargate(app()).runtimePlatform(new RuntimePlatform("ARM64", null))))
        .containsExactly("EC2", "FARGATE", "MANAGED_INSTANCES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X86_64", "ARM64"})
  void windows_has_no_managed_instances_whatever_the_processor(String processor) {
    var platform = new RuntimePlatform(processor, "WINDOWS_SERVER_2022_CORE");
    assertThat(of(fargate(app()).cpu("1024").memory("2048").runtimePlatform(platform)))
        .containsExactly("EC2", "FARGATE");
  }

  @Test
  void awsvpc_without_a_size_is_for_ec2_only() {
    assertThat(of(web(app()).networkMode("awsvpc"))).containsExactly("EC2");
  }

  @Test
  void what_fargate_does_not_support_takes_fargate_away() {
    for (RegisterTaskDefinitionRequest.Builder request :
        List.of(
            fargate(app().stopTimeout(121)),
            fargate(app().privileged(true)),
            fargate(app()).ipcMode("task"),
            fargate(app()).cpu("512").memory("512"))) {
      assertThat(of(request.requiresCompatibilities(List.of("EC2")))).doesNotContain("FARGATE");
    }
    assertThat(of(fargate(app().stopTimeout(120)).requiresCompatibilities(null)))
        .contains("FARGATE");
  }

  private List<String> of(RegisterTaskDefinitionRequest.Builder request) {
    List<String> all = definitions.register(request).compatibilities();
    return all == null ? List.of() : all;
  }
}
