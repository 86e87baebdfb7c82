package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.CreateServiceRequest;
import dev.longshore.shapes.ecs.CreateTaskSetRequest;
import dev.longshore.shapes.ecs.DeleteTaskSetRequest;
import dev.longshore.shapes.ecs.DeploymentController;
import dev.longshore.shapes.ecs.DescribeTaskSetsRequest;
import dev.longshore.shapes.ecs.DescribeTaskSetsResponse;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.Scale;
import dev.longshore.shapes.ecs.TaskSet;
import dev.longshore.shapes.ecs.UpdateServicePrimaryTaskSetRequest;
import dev.longshore.shapes.ecs.UpdateTaskSetRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** The service {@code web} whose deployments somebody else controls, and that one's calls. */
final class TaskSetCalls {
  private final Quay quay;

  TaskSetCalls(Quay quay) {
    this.quay = quay;
  }

  static CreateServiceRequest.Builder external(int desired) {
    return CreateServiceRequest.builder()
        .serviceName("web")
        .desiredCount(desired)
        .deploymentController(controller("EXTERNAL"));
  }

  static DeploymentController controller(String type) {
    return DeploymentController.builder().type(type).build();
  }

  TaskSet make(String definition, double scale) {
    return make(definition, request -> request.scale(scale(scale)));
  }

  static Scale scale(double percent) {
    return Scale.builder().value(percent).unit("PERCENT").build();
  }

  TaskSet make(String definition, UnaryOperator<CreateTaskSetRequest.Builder> with) {
    CreateTaskSetRequest.Builder request =
        CreateTaskSetRequest.builder().cluster("default").service("web").taskDefinition(definition);
    return Objects.requireNonNull(
        quay.harbour.call(new CreateTaskSet(), with.apply(request).build()).taskSet());
  }

  TaskSet scaled(TaskSet taskSet, double percent) {
    UpdateTaskSetRequest request =
        UpdateTaskSetRequest.builder()
            .cluster("default")
            .service("web")
            .taskSet(id(taskSet))
            .scale(scale(percent))
            .build();
    return Objects.requireNonNull(quay.harbour.call(new UpdateTaskSet(), request).taskSet());
  }

  TaskSet deleted(TaskSet taskSet, boolean force) {
    DeleteTaskSetRequest request =
        DeleteTaskSetRequest.builder()
            .cluster("default")
            .service("web")
            .taskSet(id(taskSet))
            .force(force)
            .build();
    return Objects.requireNonNull(quay.harbour.call(new DeleteTaskSet(), request).taskSet());
  }

  TaskSet primary(TaskSet taskSet) {
    UpdateServicePrimaryTaskSetRequest request =
        UpdateServicePrimaryTaskSetRequest.builder()
            .cluster("default")
            .service("web")
            .primaryTaskSet(id(taskSet))
            .build();
    return Objects.requireNonNull(
        quay.harbour.call(new UpdateServicePrimaryTaskSet(), request).taskSet());
  }

  DescribeTaskSetsResponse describe(String... names) {
    return quay.harbour.ask(
        new DescribeTaskSets(),
        DescribeTaskSetsRequest.builder()
            .cluster("default")
            .service("web")
            .taskSets(List.of(names))
            .build());
  }

  TaskSet described(TaskSet taskSet) {
    return Objects.requireNonNull(describe(id(taskSet)).taskSets()).getFirst();
  }

  static String id(TaskSet taskSet) {
    return Objects.requireNonNull(taskSet.id());
  }

  List<Task> tasks(TaskSet taskSet) {
    List<Task> tasks = new ArrayList<>();
    quay.live().stream().filter(task -> id(taskSet).equals(task.startedBy())).forEach(tasks::add);
    return tasks;
  }

  static void refused(ThrowingCallable call, String text) {
    assertThatThrownBy(call).isInstanceOf(InvalidParameterException.class).hasMessage(text);
  }
}
