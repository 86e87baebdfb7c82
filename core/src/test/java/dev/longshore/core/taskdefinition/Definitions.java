package dev.longshore.core.taskdefinition;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.longshore.core.Harbour;
import dev.longshore.shapes.ecs.ClientException;
import dev.longshore.shapes.ecs.ContainerDefinition;
import dev.longshore.shapes.ecs.DescribeTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionRequest;
import dev.longshore.shapes.ecs.RegisterTaskDefinitionResponse;
import dev.longshore.shapes.ecs.TaskDefinition;
import java.util.List;
import org.assertj.core.api.ThrowableAssertAlternative;

/** Task definitions to start tests from, and short ways to register and describe them. */
final class Definitions {
  private final Harbour harbour;

  Definitions(Harbour harbour) {
    this.harbour = harbour;
  }

  /** A container {@code app} that meets every rule. */
  static ContainerDefinition.Builder app() {
    return container("app");
  }

  static ContainerDefinition.Builder container(String name) {
    return ContainerDefinition.builder().name(name).image("busybox").memory(64);
  }

  /** The family {@code web} with these containers. */
  static RegisterTaskDefinitionRequest.Builder web(ContainerDefinition.Builder... containers) {
    return RegisterTaskDefinitionRequest.builder()
        .family("web")
        .containerDefinitions(
            List.of(containers).stream().map(ContainerDefinition.Builder::build).toList());
  }

  /** As {@link #web}, for Fargate and of its smallest size. */
  static RegisterTaskDefinitionRequest.Builder fargate(ContainerDefinition.Builder... containers) {
    return web(containers)
        .requiresCompatibilities(List.of("FARGATE"))
        .networkMode("awsvpc")
        .cpu("256")
        .memory("512");
  }

  RegisterTaskDefinitionResponse respond(RegisterTaskDefinitionRequest.Builder request) {
    return harbour.call(new RegisterTaskDefinition(), request.build());
  }

  TaskDefinition register(RegisterTaskDefinitionRequest.Builder request) {
    return requireNonNull(respond(request).taskDefinition());
  }

  /** The only container of a definition, registered. */
  ContainerDefinition only(RegisterTaskDefinitionRequest.Builder request) {
    return requireNonNull(register(request).containerDefinitions()).getFirst();
  }

  TaskDefinition describe(String identifier) {
    return requireNonNull(
        harbour
            .ask(
                new DescribeTaskDefinition(),
                DescribeTaskDefinitionRequest.builder().taskDefinition(identifier).build())
            .taskDefinition());
  }

  ThrowableAssertAlternative<ClientException> refused(
      RegisterTaskDefinitionRequest.Builder request) {
    return assertThatExceptionOfType(ClientException.class).isThrownBy(() -> register(request));
  }
}
