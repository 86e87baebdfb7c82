package dev.longshore.core.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longshore.core.model.ContainerInstance;
import dev.longshore.core.model.Task;
import dev.longshore.shapes.ecs.PlacementConstraint;
import dev.longshore.shapes.ecs.PlacementStrategy;
import dev.longshore.shapes.ecs.ResourceRequirement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What a service's events say of each thing that may be in the way of its tasks. */
class PlacementEventsTest {
  private final Quay quay = new Quay();

  /** The event that names instance a1 with what it lacks. */
  private static String closest(String lack) {
    return "(service web) was unable to place a task because no container instance met all of its"
        + " requirements. The closest matching (container-instance a1) "
        + lack
        + " For more information, see the Troubleshooting section of the Amazon ECS Developer"
        + " Guide.";
  }

  private void create(int desired, String definition, PlacementConstraint... constraints) {
    quay.create(
        Quay.request("web", definition, desired).placementConstraints(List.of(constraints)));
  }

  @Test
  void of_four_tasks_on_three_distinct_instances_one_is_missing_and_told_of() {
    quay.instance("a1", "a").instance("a2", "a").instance("b1", "b");
    create(4, quay.definition("app"), new PlacementConstraint("distinctInstance", null));
    quay.settle();
    assertThat(quay.live())
        .hasSize(3)
        .extracting(Task::containerInstanceArn)
        .doesNotHaveDuplicates();
    assertThat(quay.events())
        .contains(
            closest("encountered error \"DistinctInstance placement constraint unsatisfied.\"."));
  }

  @Test
  void an_expression_that_means_no_instance_is_told() {
    quay.instance("a1", "a");
    create(
        1, quay.definition("app"), new PlacementConstraint("memberOf", "attribute:stack == prod"));
    assertThat(quay.events())
        .containsExactly(
            closest("encountered error \"MemberOf placement constraint unsatisfied.\"."));
  }

  @Test
  void a_missing_attribute_is_told() {
    quay.instance("a1", "a");
    create(1, quay.requiring("app", "com.amazonaws.ecs.capability.privileged-container"));
    assertThat(quay.events())
        .containsExactly(closest("is missing an attribute required by your task."));
  }

  @Test
  void missing_gpus_are_told() {
    quay.instance("a1", "a");
    String app =
        quay.definition(
            "app",
            container ->
                container.resourceRequirements(List.of(new ResourceRequirement("1", "GPU"))));
    create(1, app);
    assertThat(quay.events()).containsExactly(closest("encountered error \"RESOURCE:GPU\"."));
  }

  @Test
  void scaling_in_takes_the_tasks_of_a_draining_instance_first() {
    quay.instance("a1", "a").instance("b1", "b");
    quay.create(
        Quay.request("web", quay.definition("app"), 4)
            .deploymentConfiguration(Quay.percents(100, 100))
            .placementStrategy(List.of(new PlacementStrategy("spread", "instanceId"))));
    quay.settle();
    quay.instanceStatus("a1", ContainerInstance.DRAINING);
    quay.settle();
    assertThat(quay.live()).hasSize(4);
    quay.update(request -> request.desiredCount(2));
    quay.settle();
    assertThat(quay.live())
        .hasSize(2)
        .allSatisfy(task ->
            assertThat(Objects.requireNonNull(task.containerInstanceArn())).endsWith("/b1"));
  }
}
