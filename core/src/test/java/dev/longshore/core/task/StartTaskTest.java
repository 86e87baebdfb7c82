package dev.longshore.core.task;

import static dev.longshore.core.Yard.known;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.longshore.core.Yard;
import dev.longshore.core.instance.DeregisterContainerInstance;
import dev.longshore.core.instance.UpdateContainerInstancesState;
import dev.longshore.shapes.ecs.Attribute;
import dev.longshore.shapes.ecs.DeregisterContainerInstanceRequest;
import dev.longshore.shapes.ecs.Failure;
import dev.longshore.shapes.ecs.InvalidParameterException;
import dev.longshore.shapes.ecs.StartTaskRequest;
import dev.longshore.shapes.ecs.StartTaskResponse;
import dev.longshore.shapes.ecs.UpdateContainerInstancesStateRequest;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StartTaskTest {
  private final Yard yard = new Yard();

  @BeforeEach
  void open() {
    yard.define("app", Yard.app().cpu(256).build());
  }

  @Test
  void start_task_on_good_unknown_and_deregistered_gives_1_task_missing_and_inactive() {
    String good = yard.instance();
    String gone = yard.instance();
    yard.harbour.call(
        new DeregisterContainerInstance(),
        DeregisterContainerInstanceRequest.builder().containerInstance(gone).build());
    StartTaskResponse response = start(List.of(good, "0123", gone), request -> request);
    assertThat(response.tasks())
        .extracting(dev.longshore.shapes.ecs.Task::containerInstanceArn)
        .containsExactly(good);
    assertThat(response.failures())
        .extracting(Failure::arn, Failure::reason)
        .containsExactly(
            tuple("arn:aws:ecs:us-east-1:123456789012:container-instance/default/0123", "MISSING"),
            tuple(gone, "INACTIVE"));
  }

  @Test
  void resources_agent_and_attributes_are_checked() {
    String small = yard.instance("us-east-1a", 255, 4096);
    String offline = yard.registered(request -> request);
    StartTaskResponse response = start(List.of(small, offline), request -> request);
    assertThat(response.tasks()).isEmpty();
    assertThat(response.failures())
        .extracting(Failure::reason)
        .containsExactly("RESOURCE:CPU", "AGENT");
  }

  @Test
  void a_draining_instance_may_be_named() {
    String arn = yard.instance();
    yard.harbour.call(
        new UpdateContainerInstancesState(),
        UpdateContainerInstancesStateRequest.builder()
            .containerInstances(List.of(arn))
            .status("DRAINING")
            .build());
    assertThat(start(List.of(arn), request -> request).tasks()).hasSize(1);
  }

  @Test
  void one_instance_named_twice_gets_two_tasks_while_they_fit() {
    String arn = yard.instance("us-east-1a", 512, 4096);
    StartTaskResponse response = start(List.of(arn, arn, arn), request -> request);
    assertThat(response.tasks()).hasSize(2);
    assertThat(response.failures()).extracting(Failure::reason).containsExactly("RESOURCE:CPU");
  }

  @Test
  void the_launch_type_is_the_instances_and_the_group_the_family() {
    String arn =
        yard.instance(request ->
            request.attributes(
                List.of(Attribute.builder().name("ecs.capability.external").build())));
    String id = arn.substring(arn.lastIndexOf('/') + 1);
    dev.longshore.shapes.ecs.Task task =
        known(start(List.of(id), request -> request.startedBy("me")).tasks()).getFirst();
    assertThat(task.launchType()).isEqualTo("EXTERNAL");
    assertThat(task.group()).isEqualTo("family:app");
    assertThat(task.startedBy()).isEqualTo("me");
  }

  @Test
  void no_instance_eleven_instances_and_a_long_starter_are_refused() {
    String arn = yard.instance();
    assertThatThrownBy(() -> start(List.of(), request -> request))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> start(Collections.nCopies(11, arn), request -> request))
        .isInstanceOf(InvalidParameterException.class);
    assertThatThrownBy(() -> start(List.of(arn), request -> request.startedBy("s".repeat(37))))
        .isInstanceOf(InvalidParameterException.class);
  }

  private StartTaskResponse start(
      List<String> instances, UnaryOperator<StartTaskRequest.Builder> with) {
    var request = StartTaskRequest.builder().taskDefinition("app").containerInstances(instances);
    return yard.harbour.call(new StartTask(), with.apply(request).build());
  }
}
